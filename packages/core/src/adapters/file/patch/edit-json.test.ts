import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patchJson, withNumber } from "./edit-json.ts";

const TEXT = `{
\t"family" : "api",   "cpu":"2048" ,"memory" :"8 GB",
  "containerDefinitions": [ {"name": "caf\\u00e9 \\"cpu\\": 1", "cpu":1792,"memory": 7680 },
    {"image": "é", "memoryReservation" : 256, "name": "side", "cpu": null}  ] }
`;

describe("a number in JSON", () => {
  it.each([
    ['"2048"', 512, '"512"'],
    ["2048", 512, "512"],
    ['"2 vCPU"', 512, '"0.5 vCPU"'],
    ['".5 vCPU"', 1024, '"1 vCPU"'],
    ['"8GB"', 3072, '"3GB"'],
    ['" 8 GB "', 1536, '" 1.5 GB "'],
    ['"1 vCPU"', 1024, '"1 vCPU"'],
    ['"1024.0"', 1024, '"1024.0"'],
  ])("%s as %d is %s", (raw, value, expected) => {
    expect(withNumber(raw, value)).toBe(expected);
  });

  it.each(['"lots"', "true", '"2 TB"', '"1e3"', "{}"])("%s is no size", (raw) => {
    expect(withNumber(raw, 512)).toBeUndefined();
  });
});

describe("patching", () => {
  const size = { cpu: 512, memory: 3072 };

  it("changes the digits and not a byte else", () => {
    const containers = [
      { name: "app", sidecar: false, cpu: 256, memory: 2560 },
      { name: "side", sidecar: true, cpu: 9, memoryReservation: 256, memory: 1 },
    ];
    expect(patchJson(TEXT, [{ path: [], size, containers }])).toBe(
      TEXT.replace("2048", "512").replace("8 GB", "3 GB").replace("1792", "256").replace("7680", "2560"),
    );
  });

  it("finds the definition at its path", () => {
    const text = `[{"taskDefinition":{"cpu":"1"}}, {"taskDefinition" : {"cpu" : "2048", "memory":8192}} ]`;
    expect(patchJson(text, [{ path: [1, "taskDefinition"], size, containers: [] }])).toBe(
      `[{"taskDefinition":{"cpu":"1"}}, {"taskDefinition" : {"cpu" : "512", "memory":3072}} ]`,
    );
  });

  it("gives up on a size that it does not understand", () => {
    expect(patchJson(`{"cpu": "some"}`, [{ path: [], size, containers: [] }])).toBeUndefined();
  });

  it("keeps any other content of any JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), fc.integer({ min: 128, max: 32_768 }), (other, name, cpu) => {
        const text = `{"x": ${other}, ${JSON.stringify(name)}: 1, "cpu" : "${cpu}" , "memory":512}`;
        fc.pre(name !== "cpu" && name !== "memory" && name !== "x");
        expect(patchJson(text, [{ path: [], size, containers: [] }])).toBe(
          text.replace(/"cpu" : "\d+" , "memory":512\}$/, '"cpu" : "512" , "memory":3072}'),
        );
      }),
    );
  });
});

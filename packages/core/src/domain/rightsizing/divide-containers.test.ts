import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { legalSizes } from "../sizing/fargate-sizes.ts";
import type { Container } from "../workload/task.ts";
import { divideContainers, leastTaskSize } from "./divide-containers.ts";

const container = (name: string, size: Partial<Container>): Container => ({ name, essential: true, ...size });

const APP = container("app", { cpu: 1792, memory: 7680 });
const ENVOY = container("envoy", { cpu: 256, memory: 512 });
const TASK = { cpu: 2048, memory: 8192 };

describe("dividing a task size over its containers", () => {
  it("keeps sidecars whole and gives the others what is left", () => {
    expect(divideContainers([APP, ENVOY], TASK, { cpu: 512, memory: 3072 })).toEqual([
      { name: "app", sidecar: false, cpu: 256, memory: 2560 },
      { name: "envoy", sidecar: true, cpu: 256, memory: 512 },
    ]);
  });

  it("keeps the proportion of containers that both do the work", () => {
    const two = [container("web", { memory: 4096 }), container("jobs", { memory: 3072 }), ENVOY];
    const divided = divideContainers(two, TASK, { cpu: 1024, memory: 4608 });
    expect(divided.map(({ name, memory }) => [name, memory])).toEqual([
      ["web", 2184],
      ["jobs", 1638],
      ["envoy", 512],
    ]);
  });

  it("tells a sidecar by its name where its size does not", () => {
    const equal = [container("web", { memory: 512 }), container("aws-otel-collector", { memory: 512 })];
    const divided = divideContainers(equal, { cpu: 256, memory: 1024 }, { cpu: 256, memory: 2048 });
    expect(divided.map(({ sidecar, memory }) => [sidecar, memory])).toEqual([
      [false, 1536],
      [true, 512],
    ]);
    expect(divideContainers([container("envoy", { memory: 512 })], TASK, TASK)[0]?.sidecar).toBe(false);
  });

  it("scales soft limits and hard limits alike, and leaves absent settings absent", () => {
    const soft = [container("app", { memoryReservation: 1024, memory: 4096 })];
    expect(divideContainers(soft, { cpu: 256, memory: 1024 }, { cpu: 128, memory: 512 })).toEqual([
      { name: "app", sidecar: false, memory: 2048, memoryReservation: 512 },
    ]);
    expect(divideContainers([container("app", {})], TASK, { cpu: 256, memory: 512 })).toEqual([
      { name: "app", sidecar: false },
    ]);
  });

  it("takes a container that is not essential for a sidecar, however large", () => {
    const [big, app] = divideContainers(
      [{ ...container("agent", { memory: 2048 }), essential: false }, container("app", { memory: 1024 })],
      { cpu: 1024, memory: 4096 },
      { cpu: 512, memory: 3072 },
    );
    expect([big?.sidecar, big?.memory, app?.memory]).toEqual([true, 2048, 512]);
  });

  const sizes = fc.constantFrom(...legalSizes("linux"));
  const shares = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });

  it("fits what fitted, never below what its sidecars have, and changes nothing without a change", () => {
    fc.assert(
      fc.property(sizes, sizes, shares, fc.integer({ min: 0, max: 3 }), (current, size, weights, loose) => {
        const total = weights.reduce((a, b) => a + b, loose);
        const containers = weights.map((weight, index) =>
          container(`c${index}`, {
            cpu: Math.floor((current.cpu * weight) / total),
            memory: Math.floor((current.memory * weight) / total),
          }),
        );
        const least = leastTaskSize(containers);
        expect(divideContainers(containers, current, current).map(({ memory }) => memory)).toEqual(
          containers.map(({ memory }) => memory),
        );
        fc.pre(size.cpu >= least.cpu && size.memory >= least.memory);
        const divided = divideContainers(containers, current, size);
        const sum = (key: "cpu" | "memory") => divided.reduce((a, each) => a + (each[key] ?? 0), 0);
        expect(sum("cpu")).toBeLessThanOrEqual(size.cpu);
        expect(sum("memory")).toBeLessThanOrEqual(size.memory);
        divided.forEach((each, index) => {
          if (each.sidecar)
            expect(each).toMatchObject({ cpu: containers[index]?.cpu, memory: containers[index]?.memory });
        });
      }),
    );
  });

  it("names the smallest task that leaves sidecars whole", () => {
    expect(leastTaskSize([APP, ENVOY])).toEqual({ cpu: 257, memory: 576 });
    expect(leastTaskSize([APP])).toEqual({ cpu: 0, memory: 0 });
  });
});

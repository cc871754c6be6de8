import { describe, expect, it } from "vitest";
import { fargateBlockers } from "./fargate-blockers.ts";

const of = (settings: object, container: object = {}) =>
  fargateBlockers({ family: "f", containerDefinitions: [{ name: "a", ...container }], ...settings });

describe("settings that Fargate refuses", () => {
  it.each([
    [{ pidMode: "host" }, {}, ["pidMode"]],
    [{ pidMode: "task" }, {}, []],
    [{ volumes: [{ name: "v", host: { sourcePath: "/data" } }] }, {}, ["volumes.host.sourcePath"]],
    [
      {
        volumes: [
          { name: "v", host: {} },
          { name: "e", efsVolumeConfiguration: { fileSystemId: "fs-1" } },
        ],
      },
      {},
      [],
    ],
    [{ volumes: [{ name: "v", dockerVolumeConfiguration: { scope: "shared" } }] }, {}, ["dockerVolumeConfiguration"]],
    [{}, { linuxParameters: { devices: [{ hostPath: "/dev/fuse" }] } }, ["devices"]],
    [{}, { resourceRequirements: [{ type: "NeuronDevice", value: "ALL" }] }, ["gpu"]],
  ])("%j %j are %j", (settings, container, expected) => {
    expect(of(settings, container)).toEqual(expected);
  });
});

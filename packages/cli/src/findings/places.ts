import type { Inventory } from "@ecs-cost/core";
import type { FindingPlace, Findings } from "../render/document/finding.ts";

/** `fleet.yaml:12` as file and line. */
const placeIn = (origin: string): FindingPlace => {
  const { file, line } = /^(?<file>.*):(?<line>\d{1,9})$/s.exec(origin)?.groups ?? {};
  return file === undefined || line === undefined ? { file: origin } : { file, line: Number(line) };
};

/** Places of the services of some inventories, the first that has one, and of everything else the first input. */
export const placesOf = (inventories: readonly Inventory[], inputs: readonly string[]): Findings["placeOf"] => {
  const services = inventories.flatMap((inventory) => inventory.services);
  const places = new Map(
    services.toReversed().map(({ id, origin, address }): [string, FindingPlace] => {
      const place = placeIn(origin);
      return [id, address === undefined ? place : { ...place, address }];
    }),
  );
  const otherwise: FindingPlace = { file: inputs[0] ?? "-" };
  return (subject) => places.get(subject) ?? otherwise;
};

import type { Shape } from "./resources.ts";

/** Tasks of one Availability Zone: by shape, and by the members of each shape. */
export interface Zone {
  readonly demand: readonly number[];
  readonly members: readonly (readonly number[])[];
}

/**
 * Spreads the tasks of each service evenly over zones: counts differ by at most one, and the zone where the odd tasks
 * start rotates from service to service, so that zones are balanced in all and within each shape.
 */
export const spreadOverZones = (shapes: readonly Shape[], azs: number): readonly Zone[] => {
  const zones = Array.from({ length: azs }, () => ({ demand: [] as number[], members: [] as number[][] }));
  let next = 0;
  for (const shape of shapes) {
    for (const zone of zones) zone.members.push([]);
    for (const member of shape.members) {
      const whole = Math.floor(member.count / azs);
      const odd = member.count - whole * azs;
      zones.forEach((zone, z) => {
        zone.members.at(-1)?.push(whole + ((z - next + azs) % azs < odd ? 1 : 0));
      });
      next = (next + odd) % azs;
    }
    for (const zone of zones) zone.demand.push((zone.members.at(-1) ?? []).reduce((a, b) => a + b, 0));
  }
  return zones;
};

/** The most tasks of each shape that any even spread puts in one zone. */
export const zoneCeiling = (shapes: readonly Shape[], azs: number): readonly number[] =>
  shapes.map((shape) => shape.members.reduce((total, member) => total + Math.ceil(member.count / azs), 0));

/** Tasks of each shape over all zones. */
export const sumZones = (zones: readonly Zone[]): readonly number[] =>
  (zones[0]?.demand ?? []).map((_, s) => zones.reduce((total, zone) => total + (zone.demand[s] ?? 0), 0));

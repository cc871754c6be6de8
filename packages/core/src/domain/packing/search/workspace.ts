import { type Guide, startGuide } from "../column-generation/guidance.ts";
import { type Layout, singleTypePacker } from "../heuristic/single-type.ts";
import type { FleetDemand } from "../lower-bound/lower-bound.ts";
import { type ShapeTable, tabulate } from "../model/pattern.ts";
import type { PackEffort, PackRequest } from "../model/request.ts";
import { describeGeometry, type Geometry, RESOURCES } from "../model/resources.ts";
import { spreadOverZones, sumZones, type Zone, zoneCeiling } from "../model/zones.ts";
import type { ZoneBins } from "./search.ts";

/** Up to so many markets are worth more effort each than dozens. */
const FEW_MARKETS = 4;

/** A plan of another market, with its spread over zones. */
export interface KnownPlan {
  readonly zones: ZoneBins;
  readonly spread: readonly Zone[];
}

/** Everything about a request that no price changes. */
export interface Workspace {
  readonly request: PackRequest;
  readonly geometry: Geometry;
  readonly table: ShapeTable;
  readonly zones: readonly Zone[];
  readonly ceiling: readonly number[];
  readonly demand: FleetDemand;
  readonly guide: Guide;
  readonly effort: PackEffort;
  /** Plans of the markets before, the latest first. */
  readonly plans: KnownPlan[];
  readonly packSingle: (capacity: readonly number[]) => Layout | undefined;
}

const mostPerPort = (geometry: Geometry, demand: readonly number[]): number => {
  const users = new Array<number>(geometry.portCount).fill(0);
  geometry.shapes.forEach((shape, s) => {
    for (const port of shape.ports) users[port] = (users[port] ?? 0) + (demand[s] ?? 0);
  });
  return Math.max(0, ...users);
};

/** What all tasks need together. */
export const sumDemand = (geometry: Geometry, azs: number): FleetDemand => {
  const counts = geometry.shapes.map((shape) => shape.members.reduce((total, member) => total + member.count, 0));
  const totals = Array.from({ length: RESOURCES }, (_, k) =>
    geometry.shapes.reduce((total, shape, s) => total + (shape.size[k] ?? 0) * (counts[s] ?? 0), 0),
  );
  const largest = geometry.shapes.flatMap((shape) => shape.members).reduce((most, m) => Math.max(most, m.count), 0);
  return { totals, filled: Math.max(mostPerPort(geometry, counts), Math.min(azs, largest), counts.length > 0 ? 1 : 0) };
};

export const prepare = (request: PackRequest): Workspace => {
  const geometry = describeGeometry(request);
  const azs = Math.max(1, request.azs);
  const zones = spreadOverZones(geometry.shapes, azs);
  const ceiling = zoneCeiling(geometry.shapes, azs);
  const table = tabulate(geometry.shapes);
  const effort = request.effort ?? (request.markets.length > FEW_MARKETS ? "quick" : "thorough");
  return {
    effort,
    request,
    geometry,
    table,
    zones,
    ceiling,
    demand: sumDemand(geometry, azs),
    plans: [],
    guide: startGuide(table, sumZones(zones), ceiling, effort),
    packSingle: singleTypePacker(
      table,
      zones.map((zone) => zone.demand),
    ),
  };
};

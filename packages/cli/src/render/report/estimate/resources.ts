import type { EstimateReport } from "@ecs-cost/core";
import type { TableBlock } from "../../document/document.ts";

type Resource = NonNullable<EstimateReport["resources"]>[number];

const WORDS: Readonly<Record<Resource["outcome"], string>> = {
  priced: "priced",
  "priced-elsewhere": "priced elsewhere",
  free: "free",
  "not-understood": "not understood",
  "not-ecs": "not of ECS",
};

const ORDER = Object.keys(WORDS);

const summary = (resources: readonly Resource[]): string =>
  ORDER.flatMap((outcome) => {
    const count = resources.filter((resource) => resource.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${WORDS[outcome as Resource["outcome"]]}`];
  }).join(", ");

/** What becomes of every resource of plans and templates. */
export const resourcesTable = (resources: readonly Resource[]): TableBlock => ({
  kind: "table",
  heading: `Resources: ${resources.length === 0 ? "the inputs hold no plan or template" : summary(resources)}`,
  columns: [
    { header: "Resource", cutTo: 16 },
    { header: "Type", cutTo: 12 },
    { header: "Ends as", cutTo: 8 },
    { header: "Because", cutTo: 20 },
  ],
  rows: resources
    .toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))
    .map(({ address, type, outcome, reason }) => [
      address,
      type,
      outcome === "not-understood" ? { text: WORDS[outcome], tone: "bad" } : WORDS[outcome],
      reason,
    ]),
});

import type { Connectivity } from "@ecs-cost/core";
import type { Block } from "../../document/document.ts";
import { dollars, quantityOf } from "../../document/figures.ts";

const NAMES = { nat: "NAT gateways", endpoints: "VPC endpoints", "public-ipv4": "Public IPv4 addresses" } as const;

/** Ways to connect the tasks, priced for the same traffic. */
export const connectivityBlocks = (connectivity: Connectivity | null): readonly Block[] => {
  if (connectivity === null) return [];
  const { options, endpointBreakEvenGb } = connectivity;
  return [
    {
      kind: "table",
      heading: "Ways to connect the tasks",
      columns: [{ header: "Way" }, { header: "Monthly cost", align: "right" }, { header: "Good to know", cutTo: 8 }],
      rows: options.map(({ id, feasible, monthlyCost, reasons }) => [
        NAMES[id],
        feasible ? dollars(monthlyCost) : { text: "not possible", tone: "faint" },
        reasons.map(({ detail }) => detail).join(" "),
      ]),
    },
    {
      kind: "lines",
      lines:
        endpointBreakEvenGb === null
          ? []
          : [
              `An interface endpoint costs less than NAT gateways that stay above ${quantityOf(endpointBreakEvenGb.toDecimalPlaces(1))} GB a month in each zone.`,
            ],
    },
  ];
};

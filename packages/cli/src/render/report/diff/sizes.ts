import type { CostChange, DiffReport } from "@ecs-cost/core";
import type { Cell, LinesBlock } from "../../document/document.ts";
import { counted } from "../../document/figures.ts";
import { sizeText } from "./text.ts";

type Sizing = NonNullable<CostChange["sizing"]>;

/** Whether the proposed sizes fit what the services use, the better size first; nothing where no utilization was given. */
export const sizesBlocks = ({ changes, sizing }: Pick<DiffReport, "changes" | "sizing">): readonly LinesBlock[] => {
  if (sizing === undefined) return [];
  const sized = changes.flatMap((change) => (change.sizing === undefined ? [] : [{ change, sizing: change.sizing }]));
  const lines = [...sized]
    .sort((a, b) => RANK[a.sizing.verdict] - RANK[b.sizing.verdict])
    .map(({ change, sizing: each }) => sizeLine(change.subject, each));
  const none: Cell = { text: "No service is changed or added.", tone: "faint" };
  return [{ kind: "lines", heading: headingOf(sizing), bullets: true, lines: lines.length === 0 ? [none] : lines }];
};

const RANK = { "too-small": 0, "too-large": 1, unknown: 2, fits: 3 } as const;

const headingOf = ({ fits, tooSmall, tooLarge, unknown }: NonNullable<DiffReport["sizing"]>): string => {
  const parts = [
    ...(tooSmall > 0 ? [`${counted(tooSmall, "service")} too small`] : []),
    ...(tooLarge > 0 ? [`${counted(tooLarge, "service")} too large`] : []),
    ...(unknown > 0 ? [`${counted(unknown, "service")} not known`] : []),
    ...(fits > 0 ? [`${counted(fits, "service")} right`] : []),
  ];
  return parts.length === 0 ? "Sizes" : `Sizes: ${parts.join(", ")}`;
};

const TONES = { "too-small": "bad", "too-large": "bad", unknown: "faint", fits: "plain" } as const;

const sizeLine = (subject: string, sizing: Sizing): Cell => ({
  text: sizeText(subject, sizing),
  tone: TONES[sizing.verdict],
});

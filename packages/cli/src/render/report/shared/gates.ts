import type { GateResult } from "../../../select/gates.ts";
import type { Block, Cell } from "../../document/document.ts";

/** What became of each `--fail-on` of a saved report; nothing where there was none. */
export const gateBlocks = (gates: readonly GateResult[]): readonly Block[] =>
  gates.length === 0 ? [] : [{ kind: "lines", heading: "Gates", bullets: true, lines: gates.map(gateLine) }];

const gateLine = ({ expression, verdict, message }: GateResult): Cell =>
  verdict === "passed"
    ? { text: `--fail-on ${expression}: passed`, tone: "faint" }
    : { text: message, tone: verdict === "failed" ? "bad" : "strong" };

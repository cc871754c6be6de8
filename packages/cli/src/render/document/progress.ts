import type { Observer, ProgressEvent } from "@ecs-cost/core/aws";
import { cutToWidth } from "./display-width.ts";
import { counted } from "./figures.ts";
import { safeText } from "./safe-text.ts";

/** What has been told so far. */
interface Progress {
  clusters: number;
  services: number;
  repeated: number;
  /** Task definitions that were read, and that are to be read, by region. */
  readonly definitions: Map<string, readonly [done: number, all: number]>;
}

const CLEAR = "\r\u001b[2K";
const LEAST_INTERVAL = 100;

const readingAccount = ({ clusters, services, definitions }: Progress): string => {
  const all = [...definitions.values()];
  const [done, known] = [0, 1].map((at) => all.reduce((sum, each) => sum + (each[at] ?? 0), 0));
  const sizes = all.length === 0 ? "" : `, ${done} of ${counted(known ?? 0, "task definition")}`;
  return `Reading the account: ${counted(clusters, "cluster")}, ${counted(services, "service")}${sizes}`;
};

const MEGABYTE = 1_000_000;

const megabytes = (bytes: number, all: number | undefined): string => {
  const of = all === undefined ? "" : ` of ${Math.ceil(all / MEGABYTE)}`;
  return `${Math.ceil(bytes / MEGABYTE)}${of} MB`;
};

/** One line on how far an operation is; `line` is the one before. */
const lineOf = (event: ProgressEvent, progress: Progress, line: string | undefined): string => {
  switch (event.code) {
    case "discovery-progress":
    case "definitions-progress":
      return readingAccount(progress);
    case "metrics-progress":
      return `Reading CloudWatch: ${event.done} of ${counted(event.calls, "call")}`;
    case "prices-progress":
      return `Reading prices of ${event.region}: ${event.done} of ${event.dimensions}`;
    case "price-file-progress":
      return `Reading prices of ${event.region}: ${event.offer}, ${megabytes(event.bytes, event.all)}`;
    case "cost-explorer-progress":
      return `Reading Cost Explorer: ${counted(event.pages, "page")}, $${event.usd}`;
    case "bill-progress":
      return `Reading the bill: ${event.percent} % of ${counted(event.parts, "part")}`;
    case "athena-progress":
      return `Reading with Athena: ${event.done} of ${event.queries} queries`;
    case "call-repeated":
      return line ?? `Asking AWS again: ${event.reason}`;
  }
};

/** The stream that progress is drawn on. */
interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Draws events as one line that is always replaced; on anything but a terminal it draws nothing. */
export const drawProgress = (
  terminal: Terminal,
  quiet: boolean,
  now: () => number = Date.now,
): { readonly observe: Observer; readonly end: () => void } => {
  if (terminal.isTTY !== true || quiet) return { observe: () => {}, end: () => {} };
  const progress: Progress = { clusters: 0, services: 0, repeated: 0, definitions: new Map() };
  let line: string | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  const observe: Observer = (event) => {
    if (event.code === "call-repeated") progress.repeated += 1;
    if (event.code === "discovery-progress") {
      progress.clusters += 1;
      progress.services += event.services;
    }
    if (event.code === "definitions-progress") {
      progress.definitions.set(event.region, [event.done, event.definitions]);
    }
    line = lineOf(event, progress, line);
    if (now() - drawn < LEAST_INTERVAL) return;
    drawn = now();
    const repeated = progress.repeated === 0 ? "" : ` (${counted(progress.repeated, "call")} repeated)`;
    terminal.write(`${CLEAR}${cutToWidth(safeText(`${line}${repeated}`), (terminal.columns || 80) - 1)}`);
  };
  const end = (): void => {
    if (drawn > 0) terminal.write(CLEAR);
    drawn = Number.NEGATIVE_INFINITY;
  };
  return { observe, end };
};

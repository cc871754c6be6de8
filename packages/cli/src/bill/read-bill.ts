import type { BillReading } from "@ecs-cost/core/aws";
import { drawProgress } from "../render/document/progress.ts";
import { safeText } from "../render/document/safe-text.ts";
import { type BillQuestion, requestOf } from "./bill-question.ts";
import { type LivePlace, liveBill } from "./live-bill.ts";

const tell = (line: string): void => {
  process.stderr.write(`${safeText(line)}\n`);
};

/** Reads the bill from where it is; what a live source costs is told before it is spent. */
export const readBill = async (question: BillQuestion): Promise<BillReading> => {
  const { place } = question;
  return place.kind === "files" ? readFiles(place.paths, question) : readLive(place, question);
};

const readFiles = async (paths: readonly string[], question: BillQuestion): Promise<BillReading> => {
  const { savedBill } = await import("@ecs-cost/core/bill");
  const progress = drawProgress(process.stderr, question.quiet);
  const options = { observer: progress.observe, leaveOutBroken: question.leaveOutBroken, limits: question.limits };
  return savedBill(paths, options).read(requestOf(question)).finally(progress.end);
};

const readLive = async (place: LivePlace, question: BillQuestion): Promise<BillReading> => {
  const { quiet } = question;
  const progress = drawProgress(process.stderr, quiet);
  const { source, core, isKept } = await liveBill(place, question, progress.observe);
  const request = requestOf(question);
  if (!quiet && !isKept(request)) tell(priceOf(place, core, request));
  const reading = await source.read(request).finally(progress.end);
  if (!quiet && reading.readingCost !== null) tell(`Read: ${reading.readingCost.detail}, $${reading.readingCost.usd}.`);
  return reading;
};

const priceOf = (
  place: LivePlace,
  core: typeof import("@ecs-cost/core/aws"),
  request: ReturnType<typeof requestOf>,
): string => {
  if (place.kind === "athena") {
    return `Athena scans ${place.database}.${place.table}: $${core.ATHENA_TB_PRICE} a TB, at least 10 MB a query.`;
  }
  const { requests, usd } = core.planCostExplorer(request);
  return `Cost Explorer bills $${core.COST_EXPLORER_PAGE_PRICE} a page: at least ${requests} pages, $${usd}.`;
};

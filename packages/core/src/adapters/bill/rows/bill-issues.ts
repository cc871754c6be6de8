import type { Charge } from "../../../domain/bill/charge.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillLines } from "../sql/bill-lines.ts";
import type { ChargeRows } from "./charges.ts";
import type { BillCoverage } from "./coverage.ts";

const issue = (severity: Issue["severity"], subject: string, detail: string): Issue => ({
  code: "bill-detail",
  severity,
  subject,
  detail,
});

/** The month that ends before a first day of a month. */
const monthBefore = (to: string): string => new Date(Date.parse(`${to}T00:00:00Z`) - 1).toISOString().slice(0, 7);

/** No line of the bill belongs to the months that were asked for. */
export const emptyPeriodIssue = ({ months }: BillCoverage, request: BillRequest, source: string): Issue => ({
  code: "empty-month",
  severity: "warning",
  subject: source,
  detail:
    months.length === 0
      ? "the bill holds no line at all"
      : `no line from ${request.from} to before ${request.to}; the bill holds ${months.join(", ")}`,
});

/** Figures that a bill leaves open. */
export const billIssues = (reading: {
  readonly lines: BillLines;
  readonly coverage: BillCoverage;
  readonly rows: ChargeRows;
  readonly charges: readonly Charge[];
  readonly source: string;
}): readonly Issue[] => {
  const { lines, coverage, rows, charges, source } = reading;
  const committed = charges.some(({ commitment }) => commitment !== null);
  const displaced = rows.displaced();
  const gaps = lines.gaps(coverage.known.lineTypes);
  return [
    ...(gaps.length === 0 || !committed
      ? []
      : [
          issue(
            "warning",
            source,
            `the bill lacks ${gaps.join(", ")}: commitments that need them count as billed, not spread over what they covered`,
          ),
        ]),
    ...(coverage.currency === ""
      ? [issue("warning", source, "no line names its currency; the amounts are taken for USD")]
      : []),
    ...(coverage.isSparse && coverage.period !== null
      ? [
          issue(
            "info",
            source,
            `most days have no usage, so the last that has some does not tell where the bill ends: it is taken to cover all of ${monthBefore(coverage.period.to)}`,
          ),
        ]
      : []),
    ...(lines.cluster === null && lines.ecsService === null
      ? [
          issue(
            "info",
            source,
            "the bill has no column of the tags aws:ecs:clusterName and aws:ecs:serviceName: activate them as cost allocation tags",
          ),
        ]
      : []),
    ...rows
      .unknownTypes()
      .map((type) =>
        issue(
          "warning",
          source,
          `the line type ${JSON.stringify(type)} is not known here; its amounts are counted as fees`,
        ),
      ),
    ...(displaced === 0
      ? []
      : [
          issue(
            "info",
            source,
            `${displaced} ${displaced === 1 ? "line" : "lines"} began outside the month of their billing and count on the nearest day of it`,
          ),
        ]),
  ];
};

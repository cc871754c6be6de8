import type { Findings, TestCase } from "../document/finding.ts";
import { safeText } from "../document/safe-text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text that XML can hold, on one line. */
const xmlText = (text: string): string => safeText(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");

const countOf = (cases: readonly TestCase[], outcome: TestCase["outcome"]): number =>
  cases.filter((each) => each.outcome === outcome).length;

const totals = (cases: readonly TestCase[]): string =>
  `tests="${cases.length}" failures="${countOf(cases, "failed")}" errors="0" skipped="${countOf(cases, "skipped")}" time="0"`;

const outcomeOf = ({ outcome, message }: TestCase): string => {
  const text = xmlText(message);
  if (outcome === "failed") return `<failure message="${text}">${text}</failure>`;
  if (outcome === "skipped") return `<skipped message="${text}"/>`;
  return text === "" ? "" : `<system-out>${text}</system-out>`;
};

/** What gates, a policy and the services of a report came to, as test results in the form of JUnit. */
export function* renderJunit({ command, cases }: Findings): Generator<string> {
  const suites = Map.groupBy(cases, ({ suite }) => suite);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="${xmlText(`ecs-cost ${command}`)}" ${totals(cases)}>\n`;
  for (const [suite, all] of suites) {
    yield `  <testsuite name="${xmlText(suite)}" ${totals(all)}>\n`;
    for (const each of all) {
      const head = `    <testcase classname="${xmlText(suite)}" name="${xmlText(each.name)}" time="0"`;
      const body = outcomeOf(each);
      yield body === "" ? `${head}/>\n` : `${head}>${body}</testcase>\n`;
    }
    yield "  </testsuite>\n";
  }
  yield "</testsuites>\n";
}

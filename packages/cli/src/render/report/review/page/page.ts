import { createHash } from "node:crypto";
import type { ReviewReport } from "@ecs-cost/core";
import { moneyIn } from "../../../document/money.ts";
import { monthName } from "../words.ts";
import { html, type Markup, NOTHING, verbatim } from "./markup.ts";
import { SCRIPT } from "./page-script.ts";
import { STYLE } from "./page-style.ts";
import { billSection, estimateSection } from "./section-bill.ts";
import { changeSection } from "./section-change.ts";
import { costsSection } from "./section-costs.ts";
import { findingsSection } from "./section-findings.ts";
import { headline } from "./section-headline.ts";
import { notesSection, pageFooter } from "./section-notes.ts";
import { commitmentsSection, forecastSection } from "./section-outlook.ts";

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** A review as one page that needs nothing else and asks for nothing: its style and script are in it, and no other may run. */
export function* renderReviewPage(report: ReviewReport): Generator<string> {
  const money = moneyIn(report.currency);
  const policy = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const sections: readonly (readonly [string, string, Markup])[] = [
    ["findings", "What to do first", findingsSection(report, money)],
    ["change", "What changed", changeSection(report, money)],
    ["costs", "Where it goes", costsSection(report, money)],
    ["forecast", "Forecast", forecastSection(report, money)],
    ["commitments", "Commitments", commitmentsSection(report, money)],
    ["bill", "The bill", billSection(report, money)],
    ["estimate", "The estimate", estimateSection(report, money)],
    ["notes", "Notes", notesSection(report)],
  ];
  const shown = sections.filter(([, , markup]) => markup !== NOTHING);
  yield html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>ECS costs of ${monthName(report.month)}</title>
<style>${verbatim(STYLE)}</style>
</head>
<body>
${headline(report, money)}<main>
<nav aria-label="Parts of this page"><ul>${shown.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
`.markup;
  for (const [, , markup] of shown) yield markup.markup;
  yield html`</main>
${pageFooter(report)}<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`.markup;
}

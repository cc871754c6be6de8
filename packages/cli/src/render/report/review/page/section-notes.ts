import type { ReviewReport } from "@ecs-cost/core";
import { html, type Markup, NOTHING } from "./markup.ts";

/** What the figures rest on, and what could not be told. */
export const notesSection = ({ issues, assumptions }: ReviewReport): Markup =>
  issues.length === 0 && assumptions.length === 0
    ? NOTHING
    : html`<section id="notes"><h2>What to know about these figures</h2>
${issues.length === 0 ? NOTHING : html`<h3>Issues</h3><ul class="notes">${issues.map(({ severity, code, subject, detail }) => html`<li><b>${severity}</b> ${code}: ${subject}: ${detail}</li>\n`)}</ul>`}
${assumptions.length === 0 ? NOTHING : html`<h3>Assumptions</h3><ul class="notes">${assumptions.map(({ code, detail }) => html`<li>${code}: ${detail}</li>\n`)}</ul>`}
</section>
`;

/** Where the figures come from. */
export const pageFooter = ({
  bill,
  currency,
}: ReviewReport): Markup => html`<footer><p>From ${bill.source} (${bill.format}), ${bill.from} to ${bill.to} (exclusive), ${currency} without tax.${
  bill.readingCost === null ? "" : ` Reading it: ${bill.readingCost.detail}, $${bill.readingCost.usd}.`
} Commitments are spread over what they covered. Made with ecs-cost.</p></footer>
`;

import type { CommitmentAccount } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { percent } from "../../../document/figures.ts";
import { html, type Markup, NOTHING } from "./markup.ts";

/** A share from 0 to 1 as a bar with its figure beside it. */
const meter = (label: string, share: Decimal | null, told: string): Markup => {
  if (share === null)
    return html`<div class="meter"><dt>${label}</dt><dd><b>unknown</b> <span class="faint">${told}</span></dd></div>`;
  const filled = Decimal.max(0, Decimal.min(1, share)).times(100).toFixed(1);
  return html`<div class="meter"><dt>${label}</dt><dd><b>${percent(share)}</b> <span class="faint">${told}</span>
<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="fill" width="${filled}" height="6"/></svg></dd></div>`;
};

/** How much of the usage commitments cover, and how much of the commitments is used. */
export const commitmentMeters = ({ coverage, utilization }: CommitmentAccount): Markup =>
  coverage === null && utilization === null
    ? NOTHING
    : html`<dl class="meters">${meter("Coverage", coverage, "of the usage that a plan could cover is covered")}${meter("Utilization", utilization, "of the commitments that were paid is used")}</dl>\n`;

import type { UnreadPrice } from "@ecs-cost/core";
import type { Block } from "../../document/document.ts";

/** Prices that no refresh reads, by reason. */
export const unreadBlock = (heading: string, unread: readonly UnreadPrice[]): Block => {
  const reasons = Map.groupBy(unread, ({ reason }) => reason);
  return {
    kind: "lines",
    heading,
    bullets: true,
    lines: [...reasons].map(([reason, all]) => `${all.map(({ key }) => key).join(", ")}: ${reason}`),
  };
};

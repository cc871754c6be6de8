import type { ProviderSpec, ProviderType } from "@ecs-cost/core";
import { usageError } from "../program/usage-error.ts";

const PROVIDER_TYPES: Readonly<Record<string, ProviderType>> = {
  fargate: "fargate",
  asg: "auto-scaling-group",
  "managed-instances": "managed-instances",
};

/** How flags spell the types of capacity providers. */
export const TYPE_NAMES: readonly string[] = Object.keys(PROVIDER_TYPES);

/** A type by its short name; throws a usage error for any other. */
export const parseType = (text: string): ProviderType => {
  const name = text.trim();
  const type = Object.hasOwn(PROVIDER_TYPES, name) ? PROVIDER_TYPES[name] : undefined;
  if (type === undefined) {
    throw usageError(`--providers ${name}: expected ${TYPE_NAMES.join(", ")}`);
  }
  return type;
};

const PROVIDER_FORM = "expected NAME=TYPE:PURCHASE[:FAMILY+...][:max=N], for example spot-arm=asg:spot:m7g+c7g";

/** A provider of the user, such as `spot-arm=asg:spot:m7g+c7g`; throws a usage error that tells the form. */
export const parseProvider = (text: string): ProviderSpec => {
  const split = text.lastIndexOf("=", text.includes(":max=") ? text.lastIndexOf(":max=") : text.length);
  const capacityProvider = text.slice(0, Math.max(0, split)).trim();
  const [kind = "", purchase = "", ...rest] = text
    .slice(split + 1)
    .trim()
    .split(":");
  const type = Object.hasOwn(PROVIDER_TYPES, kind) ? PROVIDER_TYPES[kind] : undefined;
  const known = type === "managed-instances" ? /^(?:on-demand|spot)$/ : PURCHASE;
  if (capacityProvider === "" || type === undefined || type === "fargate" || !known.test(purchase)) {
    throw usageError(`--provider ${text}: ${PROVIDER_FORM}`);
  }
  return { capacityProvider, type, purchase, ...limitsOf(rest, text) };
};

const PURCHASE =
  /^(?:on-demand|spot|(?:(?:standard|convertible)-ri|(?:compute|instance)-sp)-[13]y-(?:no|partial|all)-upfront)$/;

const limitsOf = (parts: readonly string[], text: string): Pick<ProviderSpec, "families" | "maxTasks"> => {
  const limits: { families?: string[]; maxTasks?: number } = {};
  for (const part of parts) {
    const max = /^max=(?<tasks>\d{1,6})$/.exec(part)?.groups?.["tasks"];
    if (max !== undefined && limits.maxTasks === undefined) limits.maxTasks = Number(max);
    else if (/^[a-z0-9-]+(?:\+[a-z0-9-]+)*$/.test(part) && limits.families === undefined) {
      limits.families = part.split("+");
    } else throw usageError(`--provider ${text}: ${PROVIDER_FORM}`);
  }
  return limits;
};

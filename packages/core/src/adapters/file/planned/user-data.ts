import type { PlannedInstanceGroup } from "./planned.ts";
import { UNKNOWN } from "./planned.ts";
import { referenceOf } from "./value-link.ts";

/** Devices that the root volume of an image of ECS is. */
export const ROOT_DEVICES: ReadonlySet<string> = new Set(["/dev/xvda", "/dev/sda1"]);

const BASE64 = /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/;

/** Text that may be written in base64. */
const plain = (text: string): string => {
  if (!BASE64.test(text)) return text;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return decoded.includes("\uFFFD") ? text : decoded;
};

const CLUSTER = /(?:ECS_CLUSTER\s*=|ECSCluster\s*=?|-Cluster\s|\bcluster\s*=)\s*["']?/i;
const NAMED = new RegExp(`${CLUSTER.source}([A-Za-z0-9_-]+)`, "i");
const OPEN = new RegExp(`${CLUSTER.source}$`, "i");
/** Words of scripts that make an instance one of ECS without naming the cluster. */
const OF_ECS = /ecs[._/-]config|ECS_CLUSTER|ecs-init|amazon-ecs|Initialize-ECSAgent|\[settings\.ecs\]/i;

/**
 * The cluster that user data joins: a name or a link, `UNKNOWN` where it is not known, "none" where it is no script of
 * ECS. The parts are text and links, as functions of templates put them together.
 */
export const joinsOf = (parts: readonly unknown[]): PlannedInstanceGroup["joins"] => {
  const texts = parts.map((part) => (typeof part === "string" ? plain(part) : part));
  for (const [i, part] of texts.entries()) {
    if (typeof part !== "string") continue;
    const link = OPEN.test(part) ? referenceOf(texts[i + 1]) : undefined;
    if (link !== undefined) return { to: link.to };
    const name = NAMED.exec(part)?.[1];
    if (name !== undefined) return name;
  }
  const known = texts.filter((part) => typeof part === "string");
  if (known.length < texts.length) return UNKNOWN;
  return known.some((text) => OF_ECS.test(text)) ? UNKNOWN : "none";
};

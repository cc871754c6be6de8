import { isAbsolute, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { programVersion } from "../../program/version.ts";
import type { Finding, FindingPlace, Findings } from "../document/finding.ts";
import { safeText } from "../document/safe-text.ts";
import { renderJson } from "./json.ts";

/** Messages may hold links and placeholders of SARIF, which names are not to make; mentions are broken up. */
const messageText = (text: string): string =>
  safeText(text)
    .replace(/[\\[\]]/g, "\\$&")
    .replace(/\{(?=\d)/g, "{{")
    .replace(/@(?=[\p{L}\p{N}])/gu, "@\u2060");

/** A file below the working directory as a relative reference, any other as one of the whole file system. */
const uriOf = (file: string): string => {
  if (file === "-") return "stdin";
  const path = resolve(file.toWellFormed());
  const below = relative(process.cwd(), path);
  if (below === "" || below.startsWith("..") || isAbsolute(below)) return pathToFileURL(path).href;
  return below.split(sep).map(encodeURIComponent).join("/");
};

const locationOf = ({ file, line, address }: FindingPlace, subject: string): object => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(file) },
    ...(line === undefined ? {} : { region: { startLine: line } }),
  },
  logicalLocations: [{ fullyQualifiedName: safeText(address ?? subject), kind: "resource" }],
});

/** Stable over runs, so that an annotation is recognised again. */
const fingerprintOf = ({ rule, subject, lineItem = "" }: Finding): string =>
  [rule, subject, lineItem].map((part) => encodeURIComponent(part.toWellFormed())).join("/");

const LEVELS = ["none", "note", "warning", "error"];

/**
 * What is wrong with a report as SARIF 2.1.0.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (checked 2026-11-20)
 */
export const renderSarif = ({ command, rules, findings, placeOf }: Findings): Iterable<string> => {
  const gravest = new Map<string, string>();
  for (const { rule, level } of findings) {
    const known = gravest.get(rule) ?? "none";
    if (LEVELS.indexOf(level) > LEVELS.indexOf(known)) gravest.set(rule, level);
  }
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return renderJson({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "ecs-cost",
            version: programVersion(),
            rules: rules.map(({ id, description }) => ({
              id,
              shortDescription: { text: messageText(description) },
              defaultConfiguration: { level: gravest.get(id) ?? "note" },
            })),
          },
        },
        automationDetails: { id: `ecs-cost/${command}/` },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: indexes.get(finding.rule) ?? -1,
          level: finding.level,
          message: { text: messageText(finding.message) },
          locations: [locationOf(placeOf(finding.subject), finding.subject)],
          partialFingerprints: { "ecsCost/v1": fingerprintOf(finding) },
          properties: {
            subject: safeText(finding.subject),
            ...(finding.lineItem === undefined ? {} : { lineItem: safeText(finding.lineItem) }),
          },
        })),
      },
    ],
  });
};

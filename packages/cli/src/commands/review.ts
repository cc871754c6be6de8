import type { CostGroup, ReviewReport } from "@ecs-cost/core";
import type { GroupKey, OverheadScope } from "@ecs-cost/core/review";
import { billPlaceOf } from "../bill/bill-place.ts";
import { ReportCommand, withGates } from "../command/report-command.ts";
import { type ReportSettings, reportSettings } from "../command/report-settings.ts";
import type { OutputSettings } from "../flags/output-flags.ts";
import { valuesOf } from "../flags/report-flags.ts";
import { monthToReview, reviewFlags } from "../flags/review-flags.ts";
import { usageError } from "../program/usage-error.ts";
import type { Result } from "../render/document/result.ts";
import { safeText } from "../render/document/safe-text.ts";
import { reviewDocument } from "../render/report/review/document.ts";
import { groupsBlock, groupsSheet, showbackSheet } from "../render/report/review/groups.ts";
import { partsSheet, reviewSheet } from "../render/report/review/sheet.ts";
import { refuseAbsentInFilter } from "../select/absent.ts";
import { parseGate } from "../select/gates.ts";
import { type GroupBy, parseGroupBy } from "../select/groups.ts";
import { project, projectedSheet, projectedTable } from "../select/projection.ts";
import { groupReview, parseServiceFields, parseServiceFilter, REVIEW_GATES, selectServices } from "../select/review.ts";

import { groupHeaders, groupTags, groupValues, parseReviewGroups } from "../select/review-groups.ts";

export default class Review extends ReportCommand {
  static override summary =
    "The monthly review from the real bill: what ECS cost, why it changed, and what to do first.";
  static override description =
    "Reads the bill of the month, the month before and as far as it goes: totals and changes by service, cluster, tag, region and launch type, movers, days that stand out, findings with dollars, forecast and commitments. The parts add up to the bill exactly; what cannot be placed is listed.";
  static override usage = "review [--month YYYY-MM] --bill SRC...";
  static override examples = [
    "<%= config.bin %> review --month 2026-10 --bill exports/",
    "<%= config.bin %> review --month 2026-10 --bill cost-explorer --cache --tag team --format html --out october.html",
    "<%= config.bin %> review --month 2026-10 --bill athena://billing.cur2 --workgroup finops --dry-run",
    "<%= config.bin %> review --month 2026-10 --bill exports/ --workloads services/ --metrics metrics/ --fail-on 'change%%%>10'",
  ];
  static override flags = reviewFlags;
  /** `--cache FOLDER` is `--cache --cache-dir FOLDER`; any other word is refused. */
  static override strict = false;

  async run(): Promise<void> {
    const { flags, raw, argv } = await this.parse(Review);
    const output = this.outputSettings(flags, raw);
    const cacheFolder = folderAfterCache(this.argv);
    const namesOf = (value: readonly string[] | undefined) => without(valuesOf(value), cacheFolder);
    refuseStray(without(argv.map(String), cacheFolder));
    const settings = reportSettings(flags);
    const gates = settings.failOn.map((expression) => parseGate(expression, REVIEW_GATES));
    const draw = drawing(settings, output);
    const groupKeys = settings.groupBy === undefined ? undefined : parseReviewGroups(settings.groupBy);
    const groupBy = plainGroup(settings.groupBy, groupKeys);
    const only = flags.for === undefined ? undefined : onlyTag(flags.for);
    const ownership = flags.ownership === undefined ? undefined : await ownershipAt(flags.ownership);
    const place = billPlaceOf(namesOf(flags.bill));
    const { month, chosen } = monthToReview(flags.month, new Date());
    if (chosen && !output.quiet) tell(`Month: ${month}, the last complete one.`);
    const files = await reviewFiles(flags);
    const asked = [...valuesOf(flags.tag), ...groupTags(groupKeys ?? [])];
    const tagKeys = [
      ...new Set([
        ...asked,
        ...(only === undefined ? [] : [only[0]]),
        ...(ownership?.tags ?? []),
        ...budgetTags(files),
      ]),
    ];
    const reading = {
      ...{ place, month, tagKeys, quiet: output.quiet },
      ...{ profile: flags.profile, region: flags.region },
      ...{ workgroup: flags.workgroup, outputLocation: flags["output-location"] },
      leaveOutBroken: flags["leave-out-broken"],
      limits: { unpacked: flags["max-bill-gib"] * 1024 ** 3, line: flags["max-line-mib"] * 1024 ** 2 },
      ...(flags["bill-currency"] === undefined ? {} : { currency: flags["bill-currency"].toUpperCase() }),
      costs: flags.costs as "net" | "gross",
      cache: flags.cache || cacheFolder !== undefined,
      cacheDir: cacheFolder ?? flags["cache-dir"],
    };
    if (flags["dry-run"]) {
      const { planBill } = await import("../bill/plan-bill.ts");
      return await this.print(await planBill(reading), output);
    }
    const { makeReview } = await import("../bill/make-review.ts");
    const report = await makeReview(reading, settings, {
      workloads: namesOf(flags.workloads),
      metrics: namesOf(flags.metrics),
      minFinding: amountOf(flags["min-finding"]),
      overheads: flags.overheads as OverheadScope,
      plan: flags.plan,
      shownTags: asked,
      ...(ownership === undefined ? {} : { ownership: ownership.rules }),
      ...(groupKeys === undefined ? {} : { groupBy: groupKeys }),
      ...(only === undefined ? {} : { onlyTags: Object.fromEntries([only]) }),
      showback: flags.showback,
      ...files,
    });
    refuseAbsentInFilter(settings.filter, report.services);
    const verdicts = gates.map((gate) => gate(report));
    const result = withGates(draw(report, groupBy, groupKeys), verdicts);
    if (flags.post === undefined) await this.print(result, output);
    else await this.post(result, flags.post, output);
    if (flags["keep-findings"] && flags.findings !== undefined) {
      const { keepFindings } = await import("@ecs-cost/core/file");
      keepFindings(flags.findings, files.keptFindings ?? [], report);
    }
    this.tellIncomplete({ ...report, complete: true }, output);
    if (!report.complete && !output.quiet) tell(daysText(report));
    this.judge(verdicts, report, settings.strict);
  }
}

/** Files that stand beside the bill. */
const reviewFiles = async (flags: {
  readonly budgets?: string | undefined;
  readonly "unit-metrics"?: string | undefined;
  readonly findings?: string | undefined;
  readonly "keep-findings": boolean;
}) => {
  const { budgets, findings, "unit-metrics": units } = flags;
  if (flags["keep-findings"] && findings === undefined) throw usageError("--keep-findings needs --findings FILE");
  if (budgets === undefined && findings === undefined && units === undefined) return {};
  const { readBudgets, readKeptFindings, readUnitMetrics } = await import("@ecs-cost/core/file");
  return {
    ...(budgets === undefined ? {} : { budgets: readBudgets(budgets) }),
    ...(findings === undefined ? {} : { keptFindings: readKeptFindings(findings) }),
    ...(units === undefined ? {} : { unitMetrics: readUnitMetrics(units) }),
  };
};

const budgetTags = ({ budgets = [] }: Awaited<ReturnType<typeof reviewFiles>>): readonly string[] =>
  budgets.flatMap(({ tag }) => (tag === undefined ? [] : [tag[0]]));

/** One key that services have of old; several, and new ones, have groups of their own. */
const plainGroup = (text: string | undefined, keys: readonly GroupKey[] | undefined): GroupBy | undefined =>
  text === undefined || keys?.length !== 1 || !/^(?:service|cluster|dimension|tag:.+)$/.test(text)
    ? undefined
    : parseGroupBy(text);

const onlyTag = (text: string): readonly [key: string, value: string] => {
  const { key, value } = /^tag:(?<key>[^=]+)=(?<value>.+)$/s.exec(text)?.groups ?? {};
  if (key === undefined || value === undefined) throw usageError(`--for ${text}: expected tag:KEY=VALUE`);
  return [key, value];
};

const ownershipAt = async (file: string) => {
  const { readOwnership } = await import("@ecs-cost/core/file");
  const { ownershipTags } = await import("@ecs-cost/core/review");
  const rules = readOwnership(file);
  return { rules, tags: ownershipTags(rules) };
};

/** The word right after `--cache`, where it is no flag. */
const folderAfterCache = (words: readonly string[]): string | undefined => {
  const at = words.indexOf("--cache");
  const next = at < 0 ? undefined : words[at + 1];
  return next === undefined || next.startsWith("-") ? undefined : next;
};

/** Flags that take every name after them take the folder of `--cache` too. */
const without = (names: readonly string[], folder: string | undefined): readonly string[] => {
  const at = folder === undefined ? -1 : names.lastIndexOf(folder);
  return at < 0 ? names : names.toSpliced(at, 1);
};

const refuseStray = (words: readonly string[]): void => {
  const [odd] = words;
  if (odd !== undefined) throw usageError(`review takes no argument ${odd}`, "The bill is named by --bill SRC.");
};

const amountOf = (text: string): string => {
  if (/^\d{1,12}(?:\.\d{1,12})?$/.test(text)) return text;
  throw usageError(`--min-finding ${text}: expected an amount, such as 5`);
};

const tell = (line: string): void => {
  process.stderr.write(`${safeText(line)}\n`);
};

const daysText = ({ month, period }: ReviewReport): string =>
  `Warning: the bill covers ${period.days} ${period.days === 1 ? "day" : "days"} of ${month}, from ${period.from} to before ${period.to}.`;

/** How the report is shown, as far as the flags say before it is known. */
const drawing = ({ filter, fields, top }: ReportSettings, { verbose }: OutputSettings) => {
  const passes = filter === undefined ? undefined : parseServiceFilter(filter);
  const projection = fields === undefined ? undefined : parseServiceFields(fields);
  const drawn = (whole: ReviewReport, by: GroupBy | undefined, keys: readonly GroupKey[] | undefined): Result => {
    const report = selectServices(whole, passes, top);
    const page = async () => (await import("../render/report/review/page/page.ts")).renderReviewPage(report);
    if (by !== undefined) {
      const groups = groupReview(whole, by).slice(0, top);
      return {
        json: () => ({ ...report, groups }),
        document: () => reviewDocument(report, { verbose }, { by, groups }),
        sheet: () => partsSheet(groups),
        page,
      };
    }
    if (keys !== undefined) {
      const groups = (whole.groups ?? []).slice(0, top);
      const valuesOf = (group: CostGroup) => groupValues(group, keys);
      return {
        json: () => ({ ...report, groups }),
        document: () =>
          reviewDocument(report, { verbose }, undefined, (money) =>
            groupsBlock(groups, groupHeaders(keys), valuesOf, money),
          ),
        sheet: () => groupsSheet(groups, keys, valuesOf),
        page,
      };
    }
    if (projection === undefined) {
      return {
        json: () => report,
        document: () => reviewDocument(report, { verbose }),
        sheet: () =>
          report.showback === undefined ? reviewSheet(report) : showbackSheet(report.showback, report.currency),
        page,
      };
    }
    const { services } = report;
    return {
      json: () => ({ ...report, services: services.map((service) => project(service, projection)) }),
      document: () => ({
        title: reviewDocument(report, { verbose }).title,
        blocks: [projectedTable(services, projection)],
      }),
      sheet: () => projectedSheet(services, projection),
      page,
    };
  };
  return (...of: Parameters<typeof drawn>): Result => ({
    ...drawn(...of),
    slack: async () => (await import("../render/report/review/slack.ts")).slackMessage(of[0]),
    mail: async () => (await import("../render/report/review/mail.ts")).mailText(of[0]),
    ...(projection !== undefined || of[1] !== undefined || of[2] !== undefined
      ? {}
      : {
          compact: async () =>
            (await import("../render/report/review/compact.ts")).reviewCompact(selectServices(of[0], passes, top)),
        }),
  });
};

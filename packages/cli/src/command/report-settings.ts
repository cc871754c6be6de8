import { valuesOf } from "../flags/report-flags.ts";
import { type PriceFlagValues, type PriceSettings, parseHours, priceSettings } from "../prices/open-catalogue.ts";
import { usageError } from "../program/usage-error.ts";

/** What the flags of a report say, as oclif hands them on. */
export interface ReportFlagValues extends PriceFlagValues {
  readonly region: string | undefined;
  readonly hours: string;
  readonly fields: string | undefined;
  readonly filter: string | undefined;
  readonly top: number | undefined;
  readonly "group-by": string | undefined;
  readonly strict: boolean;
  readonly "fail-on": readonly string[] | undefined;
  readonly policy?: string | undefined;
}

/** The same, checked as far as can be without a report. */
export interface ReportSettings extends PriceSettings {
  readonly region?: string;
  readonly hours: string;
  readonly fields?: string;
  readonly filter?: string;
  readonly top?: number;
  readonly groupBy?: string;
  readonly strict: boolean;
  readonly failOn: readonly string[];
  /** A policy file, or `none`. */
  readonly policy?: string;
}

export const reportSettings = (flags: ReportFlagValues): ReportSettings => {
  const { region, fields, filter, top, "group-by": groupBy } = flags;
  if (fields !== undefined && groupBy !== undefined) {
    throw usageError("--fields and --group-by cannot go together: groups have fields of their own");
  }
  return {
    ...(region === undefined ? {} : { region }),
    ...(fields === undefined ? {} : { fields }),
    ...(filter === undefined ? {} : { filter }),
    ...(top === undefined ? {} : { top }),
    ...(groupBy === undefined ? {} : { groupBy }),
    ...priceSettings(flags),
    hours: parseHours(flags.hours),
    strict: flags.strict,
    failOn: valuesOf(flags["fail-on"]),
    ...(flags.policy === undefined ? {} : { policy: flags.policy }),
  };
};

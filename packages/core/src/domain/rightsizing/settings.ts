/** One number that tunes a strategy: flags, schema and help text follow from it. */
export interface SettingSpec {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** `percent`, `percentile`, `days`, ... */
  readonly unit: string;
  readonly help: string;
}

export type SettingSpecs = Readonly<Record<string, SettingSpec>>;
export type SettingValues<Specs extends SettingSpecs = SettingSpecs> = { readonly [Name in keyof Specs]: number };

export type SettingsResult =
  | { readonly ok: true; readonly values: SettingValues }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The defaults with the given values in their place; every unknown name and value out of range is a problem. */
export const resolveSettings = (
  specs: SettingSpecs,
  given: Readonly<Record<string, number | undefined>> = {},
): SettingsResult => {
  const problems = Object.entries(given).flatMap(([name, value]) => problemsOf(specs, name, value));
  if (problems.length > 0) return { ok: false, problems };
  const values = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, given[name] ?? spec.default]));
  return { ok: true, values };
};

const problemsOf = (specs: SettingSpecs, name: string, value: number | undefined): string[] => {
  if (value === undefined) return [];
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
  if (spec === undefined) return [`${name} is not a setting; known are ${Object.keys(specs).join(", ") || "none"}.`];
  if (value >= spec.min && value <= spec.max) return [];
  return [`${name} must be ${spec.min} to ${spec.max} (${spec.unit}), not ${value}.`];
};

/** Variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The first of these variables that is set and not empty. */
export const variable = (environment: Environment, ...names: readonly string[]): string | undefined =>
  names.map((name) => environment[name]?.trim()).find((value) => value !== undefined && value !== "");

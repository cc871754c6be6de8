/** A map that inherits nothing, so that keys such as `constructor` and `__proto__` are keys like any other. */
export const plainMap = (entries: Iterable<readonly [string, string]>): Readonly<Record<string, string>> => {
  const map: Record<string, string> = Object.create(null);
  for (const [key, value] of entries) map[key] = value;
  return map;
};

interface AwsTag {
  readonly key?: string | null | undefined;
  readonly value?: string | null | undefined;
}

/** Tags as the AWS API lists them. */
export const tagMap = (tags: readonly AwsTag[] | null | undefined): Readonly<Record<string, string>> =>
  plainMap((tags ?? []).flatMap(({ key, value }) => (key == null ? [] : [[key, value ?? ""] as const])));

/** Signs of a sparkline from low to high, and the arrow from old to new. */
export interface Glyphs {
  readonly levels: readonly string[];
  readonly gap: string;
  readonly arrow: string;
}

export const BLOCKS: Glyphs = { levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], gap: "·", arrow: "→" };
export const ASCII: Glyphs = { levels: ["_", ".", ":", "-", "=", "+", "*", "#"], gap: " ", arrow: "->" };

/** ASCII where the locale names another character set than UTF-8; where nothing is set, what the tables use too. */
export const glyphsFor = (environment: Readonly<Record<string, string | undefined>>): Glyphs => {
  const locale = environment["LC_ALL"] || environment["LC_CTYPE"] || environment["LANG"] || "";
  return locale === "" || /utf-?8/i.test(locale) ? BLOCKS : ASCII;
};

/** Percentages as a line of at most `width` signs; a sign stands for the highest value of its part, 100 and more for the last level. */
export const sparkline = (values: readonly (number | null)[], width: number, { levels, gap }: Glyphs): string => {
  const count = Math.min(width, values.length);
  return Array.from({ length: count }, (_, index) => {
    const part = values.slice(
      Math.floor((index * values.length) / count),
      Math.floor(((index + 1) * values.length) / count),
    );
    const known = part.filter((value) => value !== null);
    if (known.length === 0) return gap;
    const level = Math.floor((Math.max(...known) / 100) * levels.length);
    return levels[Math.min(levels.length - 1, Math.max(0, level))] ?? gap;
  }).join("");
};

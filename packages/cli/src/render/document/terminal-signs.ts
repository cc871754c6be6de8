type Environment = Readonly<Record<string, string | undefined>>;

const LEAST_COLUMNS = 40;

/** What COLUMNS asks for, at least 40; undefined where it is not set. */
export const columnsOf = ({ COLUMNS }: Environment): number | undefined =>
  /^\d{1,4}$/.test(COLUMNS ?? "") && Number(COLUMNS) > 0 ? Math.max(LEAST_COLUMNS, Number(COLUMNS)) : undefined;

/** Whether the locale is one, such as C, whose terminal shows ASCII alone. */
export const isPlainLocale = ({ LC_ALL, LC_CTYPE, LANG }: Environment): boolean =>
  /^(?:C|POSIX)$/.test(LC_ALL || LC_CTYPE || LANG || "");

const PLAIN: Readonly<Record<string, string>> = { "─": "-", "–": "-", "—": "-", "…": "~", "×": "x", "·": "." };

/** Drawn signs in ASCII, each as wide as before; names keep what they have. */
export function* inAscii(parts: Iterable<string>): Generator<string> {
  for (const part of parts) yield part.replace(/[─–—…×·]/g, (sign) => PLAIN[sign] ?? sign);
}

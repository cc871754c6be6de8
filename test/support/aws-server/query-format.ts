type Plain = string | number | boolean | Date | undefined | null;
export type Tree = Plain | readonly Tree[] | { readonly [key: string]: Tree };

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const plainText = (value: Exclude<Plain, undefined | null>): string =>
  escapeXml(value instanceof Date ? value.toISOString() : String(value));

/** XML of a value; `item` names the elements of a list (`item` for EC2, `member` for the older query services). */
export const toXml = (name: string, value: Tree, item: "item" | "member"): string => {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return `<${name}>${value.map((each) => toXml(item, each, item)).join("")}</${name}>`;
  if (typeof value === "object" && !(value instanceof Date)) {
    const inner = Object.entries(value as Record<string, Tree>).map(([key, each]) => toXml(key, each, item));
    return `<${name}>${inner.join("")}</${name}>`;
  }
  return `<${name}>${plainText(value as Exclude<Plain, undefined | null>)}</${name}>`;
};

/** The fields of a query request. */
export type Form = URLSearchParams;

/** The values of a list: `Filter.1.Value.2` is asked for as `Filter.1.Value`, `Names.member.1` as `Names`. */
export const formList = (form: Form, name: string): readonly string[] => {
  const found: [number, string][] = [];
  for (const [key, value] of form) {
    const match = key.startsWith(`${name}.`) ? /^(?:member\.)?(\d+)$/.exec(key.slice(name.length + 1)) : null;
    if (match !== null) found.push([Number(match[1]), value]);
  }
  return found.sort(([a], [b]) => a - b).map(([, value]) => value);
};

/** Filters of an EC2 request: name to values. */
export const formFilters = (form: Form): ReadonlyMap<string, readonly string[]> => {
  const filters = new Map<string, readonly string[]>();
  for (let at = 1; form.has(`Filter.${at}.Name`); at++) {
    filters.set(form.get(`Filter.${at}.Name`) ?? "", formList(form, `Filter.${at}.Value`));
  }
  return filters;
};

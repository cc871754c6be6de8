/** Fields of the first line of a CSV text; null where it does not end within the text. */
export const csvHeader = (text: string): readonly string[] | null => {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text.charAt(at + 1) === '"') field += text.charAt(++at);
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ",") {
      fields.push(field);
      field = "";
    } else if (sign === "\n") return [...fields, field];
    else if (sign !== "\r" || text.charAt(at + 1) !== "\n") field += sign;
  }
  return null;
};

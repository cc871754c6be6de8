import { safeText } from "./safe-text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text from outside as HTML shows it literally, also inside an attribute. */
export const htmlText = (text: string): string => safeText(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

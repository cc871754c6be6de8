import { AwsFault } from "./fault.ts";

/** A page of a list with the token of the next one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Tokens are opaque to a client, as those of AWS are. */
const tokenOf = (offset: number): string => Buffer.from(`page:${offset}`).toString("base64url");

const offsetOf = (token: string): number => {
  const text = Buffer.from(token, "base64url").toString();
  if (!/^page:\d+$/.test(text)) throw new AwsFault("InvalidParameterException", "Invalid token");
  return Number(text.slice(5));
};

/** The page of `size` items that a token asks for, the first one without a token. */
export const pageOf = <T>(all: readonly T[], size: number, token: string | null | undefined): Page<T> => {
  const from = token == null || token === "" ? 0 : offsetOf(token);
  const items = all.slice(from, from + size);
  return from + size < all.length ? { items, next: tokenOf(from + size) } : { items };
};

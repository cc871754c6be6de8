/** What stands unseen in the first line of a comment and nowhere else in it, so that no content can pass for it. */
export interface Marker {
  readonly tag: string;
  /** A comment that a newer one has replaced, on a forge that cannot hide. */
  readonly replaced: boolean;
}

/** Only signs that can end neither the marker nor the HTML comment around it. */
export const TAG: RegExp = /^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,62}[A-Za-z0-9])?$/;

const MARKER = /^<!-- ecs-cost:comment v1 tag=(?<tag>[A-Za-z0-9._/-]{1,64})(?<replaced> replaced)? -->$/;

/** The first line of a comment. */
export const markerLine = ({ tag, replaced }: Marker): string =>
  `<!-- ecs-cost:comment v1 tag=${tag}${replaced ? " replaced" : ""} -->`;

/** The marker of a comment's text; undefined where its first line is anything else. */
export const readMarker = (body: string): Marker | undefined => {
  const [first = ""] = body.split("\n", 1);
  const groups = MARKER.exec(first.trimEnd())?.groups;
  const tag = groups?.["tag"];
  return tag === undefined ? undefined : { tag, replaced: groups?.["replaced"] !== undefined };
};

/** The same text as forges give it back: other line ends, nothing at the end. */
export const sameBody = (a: string, b: string): boolean => plainEnds(a) === plainEnds(b);

const plainEnds = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();

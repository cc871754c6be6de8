import type { Issue } from "../../../domain/issues/issue.ts";
import { wantedName } from "../table/wanted-columns.ts";
import type { PartGroup } from "./part-group.ts";

/** Columns that some parts of a bill have and others lack, as after a change of the export. */
export const unevenColumns = (groups: readonly PartGroup[], source: string): readonly Issue[] => {
  const keys = new Set(groups.flatMap(({ columns }) => [...columns.keys()]));
  const uneven = [...keys].filter((key) => !groups.every(({ columns }) => columns.has(key)));
  const names = uneven.flatMap((key) => wantedName(key) ?? []).sort();
  if (names.length === 0) return [];
  const detail = `some parts lack ${names.join(", ")}, which others have: of their lines it is not known, and amounts count as billed`;
  return [{ code: "bill-detail", severity: "warning", subject: source, detail }];
};

import type { AttributeChange, Suggestion } from "@ecs-cost/core/patch";
import type { Block, LinesBlock } from "../../document/document.ts";

/** What would apply the recommended sizes: attributes one by one, and patches; nothing where none was asked for. */
export const suggestionBlocks = (suggestions: readonly Suggestion[] | undefined): readonly Block[] => {
  if (suggestions === undefined) return [];
  const lines = suggestions.flatMap(({ address, file, changes }) =>
    changes.map((change) => `${address ?? file}: ${changeText(change)}`),
  );
  const none = "None: no size has to change, or no input that can be changed holds it.";
  return [
    { kind: "lines", heading: "Suggested sizes", bullets: true, lines: lines.length === 0 ? [none] : lines },
    ...suggestions.flatMap(({ patch }): LinesBlock[] =>
      patch === null ? [] : [{ kind: "lines", code: "diff", lines: patch.replace(/\n$/, "").split("\n") }],
    ),
  ];
};

const changeText = ({ attribute, from, to }: AttributeChange): string =>
  `${attribute} ${from === null ? "none" : JSON.stringify(from)} -> ${JSON.stringify(to)}`;

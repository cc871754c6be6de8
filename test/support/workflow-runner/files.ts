import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** A step of a job or of a composite action. */
export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly "working-directory"?: string;
}

export interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export interface Job {
  readonly "runs-on": string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly name: string;
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const readAction = (file: string): Action => parse(readFileSync(file, "utf8")) as Action;

/** A fenced block of a document, with the heading that it stands under. */
export interface Recipe {
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

/** The blocks of a document in these languages. */
export const recipesIn = (file: string, languages: readonly string[]): readonly Recipe[] => {
  const recipes: Recipe[] = [];
  let headings: readonly string[] = [];
  const text = readFileSync(file, "utf8");
  for (const match of text.matchAll(/^(?<marks>#{2,4}) (?<title>.*)$|^```(?<language>\w+)\n(?<body>[\s\S]*?)^```$/gm)) {
    const { marks, title, language, body = "" } = match.groups ?? {};
    if (marks !== undefined && title !== undefined) headings = [...headings.slice(0, marks.length - 2), title];
    else if (language !== undefined && languages.includes(language)) {
      recipes.push({ heading: headings.join(" / "), language, text: body });
    }
  }
  return recipes;
};

import type { ManifestFlag } from "../program/manifest.ts";
import { flagSummary, type Place } from "./command-tree.ts";

/** Completion for fish: words and flags with what they mean, values, then files where a command takes them. */
export const fishCompletion = (bin: string, places: readonly Place[]): string => {
  const at = `__${identifier(bin)}_at`;
  return `# fish completion of ${bin}
function ${at}
  set -l here ''
  for word in (commandline -opc)[2..]
    set -l next (string trim -- "$here $word")
    contains -- "$next" ${places.flatMap(({ path }) => (path === "" ? [] : [quoted(path)])).join(" ")}; or break
    set here "$next"
  end
  test "$here" = "$argv[1]"
end
complete -c ${bin} -f
${places.flatMap((place) => linesOf(bin, at, place)).join("\n")}
`;
};

const identifier = (bin: string): string => bin.replace(/\W/g, "_");

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const linesOf = (bin: string, at: string, { path, words, flags, takesArguments }: Place): string[] => {
  const start = `complete -c ${bin} -n ${quoted(`${at} ${quoted(path)}`)}`;
  return [
    ...words.map(({ word, summary }) => `${start} -a ${quoted(word)} -d ${quoted(summary)}`),
    ...flags.map((flag) => `${start} -l ${flag.name}${valueFlags(flag)} -d ${quoted(flagSummary(flag))}`),
    ...(takesArguments ? [`${start} -F`] : []),
  ];
};

const valueFlags = ({ type, options }: ManifestFlag): string => {
  if (type === "boolean") return "";
  return options === undefined ? " -r -F" : ` -x -a ${quoted(options.join(" "))}`;
};

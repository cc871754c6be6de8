import type { Place } from "./command-tree.ts";

/** Completion for bash 3.2 and newer: words, flags and their values, then files. */
export const bashCompletion = (bin: string, places: readonly Place[]): string => `# bash completion of ${bin}
_${identifier(bin)}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path= i
  if [[ $cur == "=" ]]; then cur=; elif [[ $prev == "=" ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path\${path:+ }\${COMP_WORDS[i]}" in
      ${paths(places)}) path="$path\${path:+ }\${COMP_WORDS[i]}" ;;
      *) break ;;
    esac
  done
  COMPREPLY=()
  case "$path $prev" in
${places.flatMap(valueCases).join("\n")}
  esac
  case $path in
${places.map(placeCase).join("\n")}
  esac
}
complete -o default -F _${identifier(bin)} ${bin}
`;

const identifier = (bin: string): string => bin.replace(/\W/g, "_");

const paths = (places: readonly Place[]): string =>
  places.flatMap(({ path }) => (path === "" ? [] : [`"${path}"`])).join(" | ");

/** After a flag with values those and nothing else; after any other flag that takes a value, files. */
const valueCases = ({ path, flags }: Place): string[] =>
  flags
    .filter(({ type }) => type === "option")
    .map(({ name, options }) =>
      options === undefined
        ? `    "${path} --${name}") return ;;`
        : `    "${path} --${name}") COMPREPLY=($(compgen -W "${options.join(" ")}" -- "$cur")); return ;;`,
    );

const placeCase = ({ path, words, flags }: Place): string => {
  const flagWords = flags.map(({ name }) => `--${name}`).join(" ");
  const others = words.map(({ word }) => word).join(" ");
  return `    "${path}")
      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "${flagWords}" -- "$cur"))
      else COMPREPLY=($(compgen -W "${others}" -- "$cur")); fi ;;`;
};

import { flagSummary, type Place } from "./command-tree.ts";

/** Completion for zsh: words and flags with what they mean, values, then files. */
export const zshCompletion = (bin: string, places: readonly Place[]): string => `#compdef ${bin}
_${identifier(bin)}() {
  local here= prev=\${words[CURRENT-1]} i
  local -a known found
  known=(${places.flatMap(({ path }) => (path === "" ? [] : [quoted(path)])).join(" ")})
  for ((i = 2; i < CURRENT; i++)); do
    (( \${known[(Ie)$here\${here:+ }\${words[i]}]} )) || break
    here="$here\${here:+ }\${words[i]}"
  done
  case "$here $prev" in
${places.flatMap(valueCases).join("\n")}
  esac
  case "$here" in
${places.map(placeCase).join("\n")}
  esac
}
if [[ $funcstack[1] == _${identifier(bin)} ]]; then _${identifier(bin)} "$@"; else compdef _${identifier(bin)} ${bin}; fi
`;

const identifier = (bin: string): string => bin.replace(/\W/g, "_");

/** A word in single quotes, as every shell here takes it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const valueCases = ({ path, flags }: Place): string[] =>
  flags
    .filter(({ type }) => type === "option")
    .map(({ name, options }) =>
      options === undefined
        ? `    ${quoted(`${path} --${name}`)}) _files; return ;;`
        : `    ${quoted(`${path} --${name}`)}) compadd -- ${options.map(quoted).join(" ")}; return ;;`,
    );

const described = (word: string, summary: string): string =>
  quoted(`${word.replaceAll(":", "\\:")}:${summary.replaceAll(":", "\\:")}`);

const placeCase = ({ path, words, flags }: Place): string => {
  const list = words.map(({ word, summary }) => described(word, summary)).join(" ");
  const flagList = flags.map((flag) => described(`--${flag.name}`, flagSummary(flag))).join(" ");
  const rest = words.length > 0 ? `found=(${list}); _describe command found` : "_files";
  return `    ${path === "" ? "''" : quoted(path)})
      if [[ $PREFIX == -* ]]; then found=(${flagList}); _describe flag found
      else ${rest}; fi ;;`;
};

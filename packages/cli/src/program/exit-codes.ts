/** Exit codes of every command; their meaning never changes. */
export const EXIT = {
  ok: 0,
  defect: 1,
  usage: 2,
  aws: 3,
  gate: 4,
  incomplete: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One line of meaning for each exit code, as `--help` shows them. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  [EXIT.ok]: "The report was printed; what is incomplete stands in its issues",
  [EXIT.defect]: "A defect of the program",
  [EXIT.usage]: "Wrong usage or invalid input",
  [EXIT.aws]: "AWS, GitHub or GitLab refused or was not reached, and nothing could be reported",
  [EXIT.gate]: "A condition of --fail-on is met, or a rule of the policy is broken",
  [EXIT.incomplete]: "The report is incomplete and --strict was given",
};

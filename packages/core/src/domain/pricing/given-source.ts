/** Source text of a rate that `--set-price` or a caller gave. */
export const GIVEN_SOURCE = "given by the user";

import { BorderError } from "@ecs-cost/core/estimate";
import { safeText } from "../render/document/safe-text.ts";
import { LONGEST_WAIT } from "./retry.ts";

/** A call that a forge refused or did not answer. */
export interface Refusal {
  readonly forge: string;
  /** What was to be done, for example `read the comments of acme/shop#7`. */
  readonly action: string;
  /** Undefined where there was no answer. */
  readonly status: number | undefined;
  readonly text: string;
  /** Seconds that it asks to wait. */
  readonly wait?: number | undefined;
}

/** What each forge asks for, told where it refuses. */
export interface Advice {
  readonly token: string;
  readonly permission: string;
  readonly target: string;
  readonly address: string;
}

const LONGEST_TEXT = 300;

/** The failure as it is told: who refused what, the words of the server, and what can be done. */
export const forgeError = (refusal: Refusal, advice: Advice): BorderError => {
  const { forge, action, status } = refusal;
  const { code, verb, hint } = meaningOf(refusal, advice);
  const words = safeText(refusal.text).slice(0, LONGEST_TEXT).trim();
  const told = [status === undefined ? "" : String(status), words].filter((part) => part !== "").join(" ");
  return new BorderError(`${forge} ${verb}, so it could not ${action}${told === "" ? "" : ` (${told})`}`, {
    ...{ code, source: "forge" },
    ...(hint === undefined ? {} : { hint }),
  });
};

interface Meaning {
  readonly code: string;
  readonly verb: string;
  readonly hint?: string;
}

const meaningOf = ({ status, wait }: Refusal, { token, permission, target, address }: Advice): Meaning => {
  if (wait !== undefined) {
    const hint =
      wait > LONGEST_WAIT
        ? `It asks to wait ${wait} seconds, more than the ${LONGEST_WAIT} that this command waits.`
        : "Run it again later.";
    return { code: "forge-limit", verb: "limits the rate of calls", hint };
  }
  switch (status) {
    case undefined:
      return { code: "forge-unreachable", verb: "was not reached" };
    case 401:
      return { code: "forge-unauthorized", verb: "did not accept the token", hint: token };
    case 403:
      return { code: "forge-forbidden", verb: "does not allow it", hint: permission };
    case 404:
    case 410:
      return { code: "forge-not-found", verb: "found nothing there", hint: target };
    default:
      if (status < 400)
        return { code: "forge-strange-answer", verb: "gave an answer that is none of its API", hint: address };
      return status >= 500
        ? { code: "forge-unavailable", verb: "had a problem of its own", hint: "Run it again later." }
        : { code: "forge-refused", verb: "refused" };
  }
};

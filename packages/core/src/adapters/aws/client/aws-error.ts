import { BorderError } from "../../../domain/issues/border-error.ts";

/** Codes of the failures that a call to AWS can end in. */
export type AwsErrorCode =
  | "access-denied"
  | "expired-credentials"
  | "no-credentials"
  | "invalid-credentials"
  | "clock-skew"
  | "throttled"
  | "not-reached"
  | "aws-failure"
  | "aws-refused"
  | "malformed-answer";

/** What a call was: the action as IAM spells it, and the region. */
export interface AwsCall {
  readonly action: string;
  readonly region: string;
}

interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
}

const NAMES: readonly (readonly [AwsErrorCode, RegExp])[] = [
  ["expired-credentials", /^(?:ExpiredToken(?:Exception)?|TokenRefreshRequired|TokenProviderError)$/],
  ["clock-skew", /^(?:RequestExpired|RequestTimeTooSkewed|RequestInTheFuture)$/],
  ["no-credentials", /^(?:CredentialsProviderError|MissingAuthenticationToken(?:Exception)?)$/],
  ["access-denied", /^(?:AccessDenied(?:Exception)?|UnauthorizedOperation|UnauthorizedException|Forbidden)$/],
  [
    "invalid-credentials",
    /^(?:UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|AuthFailure|OptInRequired|IncompleteSignature)$/,
  ],
  [
    "throttled",
    /^(?:Throttling|ThrottlingException|ThrottledException|Throttled|RequestLimitExceeded|TooManyRequestsException|RequestThrottled(?:Exception)?|LimitExceededException|SlowDown|BandwidthLimitExceeded)$/,
  ],
  ["not-reached", /^(?:TimeoutError|AbortError|NetworkingError)$/],
];

/** Signatures name the time; an answer that finds it wrong says so, under the name of a wrong signature. */
const SKEWED = /signature (?:expired|not yet current)|is now (?:earlier|later) than|RequestTime.*too/i;
const TOKEN = /^(?:ExpiredToken|TokenRefresh|TokenProvider)/;

const NETWORK = /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENETUNREACH|ERR_TLS|ERR_SSL|CERT_|UND_ERR|ERR_HTTP2)/;

const HINTS: Readonly<Record<AwsErrorCode, string>> = {
  "access-denied": "Allow this action to the role or user in use; docs/iam.md lists the least policy of each command.",
  "expired-credentials":
    "Sign in again, for example with aws sso login, and repeat the command: it goes on where it stopped.",
  "no-credentials": "Give --profile or AWS_PROFILE, or set credentials as for the aws command.",
  "invalid-credentials": "Check the credentials in use, and that the region is enabled for the account.",
  "clock-skew": "Set the clock of this machine right: AWS refuses what is signed more than five minutes off.",
  throttled: "AWS limits calls of the whole account; repeat the command: it goes on where it stopped.",
  "not-reached": "Check the network, the proxy, the region and AWS_ENDPOINT_URL.",
  "aws-failure": "AWS failed on its side; repeat the command: it goes on where it stopped.",
  "aws-refused": "AWS does not accept the request as it is.",
  "malformed-answer": "The answer is not what the API promises; check AWS_ENDPOINT_URL and proxies on the way.",
};

const SAYS: Readonly<Record<AwsErrorCode, string>> = {
  "access-denied": "AWS denied",
  "expired-credentials": "the credentials have expired at",
  "no-credentials": "there are no AWS credentials for",
  "invalid-credentials": "AWS does not accept the credentials for",
  "clock-skew": "the clock of this machine is off, says AWS at",
  throttled: "AWS throttled",
  "not-reached": "AWS was not reached for",
  "aws-failure": "AWS failed at",
  "aws-refused": "AWS refused",
  "malformed-answer": "the answer makes no sense to",
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const thrownOf = (error: unknown): Thrown => {
  const fields = (error ?? {}) as {
    readonly name?: unknown;
    readonly message?: unknown;
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: unknown; readonly requestId?: unknown };
  };
  const status = fields.$metadata?.httpStatusCode;
  const requestId = fields.$metadata?.requestId;
  return {
    name: textOf(fields.name),
    message: textOf(fields.message),
    code: textOf(fields.code),
    status: typeof status === "number" ? status : undefined,
    requestId: typeof requestId === "string" ? requestId : undefined,
  };
};

/** The code of what an SDK client threw. */
export const awsErrorCode = (error: unknown): AwsErrorCode => {
  const { name, message, code, status } = thrownOf(error);
  const corrected = (error as { readonly $metadata?: { readonly clockSkewCorrected?: unknown } } | null)?.$metadata;
  if (corrected?.clockSkewCorrected === true) return "clock-skew";
  if (SKEWED.test(message) && !TOKEN.test(name)) return "clock-skew";
  const named = NAMES.find(([, pattern]) => pattern.test(name))?.[0];
  if (named !== undefined) return named;
  if (NETWORK.test(code) || /socket hang up|aborted/i.test(message)) return "not-reached";
  if (/could not load credentials|resolved credential object is not valid/i.test(message)) return "no-credentials";
  if (status === 429) return "throttled";
  if (status !== undefined && status >= 500) return "aws-failure";
  if (status === undefined || status < 300)
    return status === undefined && code !== "" ? "not-reached" : "malformed-answer";
  return "aws-refused";
};

const SECRETS: readonly RegExp[] = [
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g,
  /(?<=(?:Signature|X-Amz-Signature|X-Amz-Security-Token|SessionToken|SecretAccessKey|Credential)["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi,
];

/** A text without anything that is, or could be, a part of a credential. */
export const withoutSecrets = (text: string): string =>
  SECRETS.reduce((cleaned, pattern) => cleaned.replace(pattern, "[hidden]"), text);

const cleanMessage = (message: string): string =>
  withoutSecrets((message.split("\n")[0] ?? "").replace(/\s+/g, " ").trim()).slice(0, 300);

/** The action that a refusal names, or else the one that was called. */
const deniedAction = (message: string, action: string): string =>
  /not authorized to perform:?\s*(?<action>[a-z0-9-]+:[A-Za-z]+)/.exec(message)?.groups?.["action"] ?? action;

/** Only name, message and request id go on: what the SDK throws also holds the request that was signed. */
const causeOf = (thrown: Thrown): Error => {
  const id = thrown.requestId === undefined ? "" : ` (request ${withoutSecrets(thrown.requestId)})`;
  const cause = new Error(`${cleanMessage(thrown.message)}${id}`);
  cause.name = thrown.name || "Error";
  return cause;
};

/** What an SDK client threw as a failure at the border. */
export const awsError = (error: unknown, call: AwsCall): BorderError => {
  if (error instanceof BorderError) return error;
  const thrown = thrownOf(error);
  const code = awsErrorCode(error);
  const action = code === "access-denied" ? deniedAction(thrown.message, call.action) : call.action;
  const detail = cleanMessage(thrown.message);
  const because = detail === "" || code === "access-denied" || code === "expired-credentials" ? "" : `: ${detail}`;
  return new BorderError(`${SAYS[code]} ${action} in ${call.region}${because}`, {
    code,
    source: "aws",
    hint: HINTS[code],
    cause: causeOf(thrown),
  });
};

/** An answer of the right form that cannot be true. */
export const malformedAnswer = (call: AwsCall, detail: string): BorderError =>
  new BorderError(`${SAYS["malformed-answer"]} ${call.action} in ${call.region}: ${detail}`, {
    code: "malformed-answer",
    source: "aws",
    hint: HINTS["malformed-answer"],
  });

/** Whether every further call would fail for the same reason. */
export const endsEverything = (error: unknown): boolean =>
  error instanceof BorderError && ["expired-credentials", "no-credentials", "clock-skew"].includes(error.code);

/** What a handler answers instead of a result. */
export class AwsFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The protocols of the SDK clients in use. */
export type Protocol = "json-1.0" | "json-1.1" | "ec2-query" | "aws-query" | "rest-json";

const THROTTLED: Readonly<Record<Protocol, readonly [string, number]>> = {
  "json-1.0": ["ThrottlingException", 400],
  "json-1.1": ["ThrottlingException", 400],
  "ec2-query": ["RequestLimitExceeded", 503],
  "aws-query": ["Throttling", 400],
  "rest-json": ["ThrottlingException", 429],
};

const DENIED: Readonly<Record<Protocol, readonly [string, number]>> = {
  "json-1.0": ["AccessDenied", 403],
  "json-1.1": ["AccessDeniedException", 400],
  "ec2-query": ["UnauthorizedOperation", 403],
  "aws-query": ["AccessDenied", 403],
  "rest-json": ["AccessDeniedException", 403],
};

const EXPIRED: Readonly<Record<Protocol, readonly [string, number]>> = {
  "json-1.0": ["ExpiredTokenException", 400],
  "json-1.1": ["ExpiredTokenException", 400],
  "ec2-query": ["RequestExpired", 400],
  "aws-query": ["ExpiredToken", 403],
  "rest-json": ["ExpiredTokenException", 403],
};

/** Throttling as each protocol spells it. */
export const throttledFault = (protocol: Protocol): AwsFault => {
  const [code, status] = THROTTLED[protocol];
  return new AwsFault(code, "Rate exceeded", status);
};

/** A refusal as each protocol spells it, with the action in the message. */
export const deniedFault = (protocol: Protocol, action: string): AwsFault => {
  const [code, status] = DENIED[protocol];
  const user = "arn:aws:iam::123456789012:user/finops";
  const message = `User: ${user} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`;
  return new AwsFault(
    code,
    protocol === "ec2-query" ? `You are not authorized to perform this operation. ${message}` : message,
    status,
  );
};

/** Expired temporary credentials as each protocol spells them. */
export const expiredFault = (protocol: Protocol): AwsFault => {
  const [code, status] = EXPIRED[protocol];
  return new AwsFault(code, "The security token included in the request is expired", status);
};

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awsError, awsErrorCode, withoutSecrets } from "./aws-error.ts";

const CALL = { action: "ecs:DescribeServices", region: "eu-west-1" };

const thrown = (name: string, message = "", more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

describe("the code of a failure", () => {
  it.each([
    ["AccessDeniedException", "access-denied"],
    ["UnauthorizedOperation", "access-denied"],
    ["ExpiredToken", "expired-credentials"],
    ["RequestExpired", "clock-skew"],
    ["CredentialsProviderError", "no-credentials"],
    ["UnrecognizedClientException", "invalid-credentials"],
    ["SignatureDoesNotMatch", "invalid-credentials"],
    ["RequestLimitExceeded", "throttled"],
    ["TooManyRequestsException", "throttled"],
    ["TimeoutError", "not-reached"],
  ])("%s is %s", (name, code) => {
    expect(awsErrorCode(thrown(name))).toBe(code);
  });

  it("follows from what else is known where the name says nothing", () => {
    expect(awsErrorCode(thrown("Error", "connect", { code: "ECONNREFUSED" }))).toBe("not-reached");
    expect(awsErrorCode(thrown("Error", "getaddrinfo", { code: "ENOTFOUND" }))).toBe("not-reached");
    expect(awsErrorCode(thrown("Odd", "", { $metadata: { httpStatusCode: 503 } }))).toBe("aws-failure");
    expect(awsErrorCode(thrown("Odd", "", { $metadata: { httpStatusCode: 429 } }))).toBe("throttled");
    expect(awsErrorCode(thrown("ValidationException", "", { $metadata: { httpStatusCode: 400 } }))).toBe("aws-refused");
    const late = "Signature expired: 20261201T043600Z is now earlier than 20261201T053600Z";
    expect(awsErrorCode(thrown("InvalidSignatureException", late))).toBe("clock-skew");
    expect(awsErrorCode(thrown("InvalidSignatureException", "Signature not yet current: 2026"))).toBe("clock-skew");
    expect(awsErrorCode(thrown("AuthFailure", "", { $metadata: { clockSkewCorrected: true } }))).toBe("clock-skew");
    expect(awsErrorCode(thrown("SyntaxError", "", { $metadata: { httpStatusCode: 200 } }))).toBe("malformed-answer");
  });

  it("is always one, whatever is thrown", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(awsError(value, CALL).source).toBe("aws");
      }),
    );
  });
});

describe("a failure", () => {
  it("names the denied action, also where it is not the one that was called", () => {
    const message = "User: arn:aws:iam::123456789012:user/x is not authorized to perform: kms:Decrypt on resource: *";
    expect(awsError(thrown("AccessDeniedException", message), CALL).message).toBe(
      "AWS denied kms:Decrypt in eu-west-1",
    );
    expect(awsError(thrown("AccessDeniedException", ""), CALL).message).toBe(
      "AWS denied ecs:DescribeServices in eu-west-1",
    );
  });

  it("shows no part of a credential, in message or cause", () => {
    const secrets = [
      "AKIAIOSFODNN7EXAMPLE",
      "ASIAQWERTYUIOPASDFGH",
      "fe5f80f77d5fa3beca038a248ff027d0445342fe",
      "IQoJb3JpZ2luX2VjEXAMPLETOKEN",
    ];
    const text = `Credential=${secrets[0]}/20261120 ${secrets[1]} Signature=${secrets[2]}, "X-Amz-Security-Token": "${secrets[3]}"`;
    const failure = awsError(
      thrown("SignatureDoesNotMatch", text, { $response: { headers: text }, $metadata: { httpStatusCode: 403 } }),
      CALL,
    );
    const shown = `${failure.message} ${failure.hint} ${failure.stack} ${JSON.stringify(failure)} ${String(failure.cause)} ${JSON.stringify(failure.cause)} ${(failure.cause as Error).stack}`;
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });

  it("keeps a text that holds no secret as it is", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z :/.-]{0,60}$/), (text) => {
        expect(withoutSecrets(text)).toBe(text);
      }),
    );
  });
});

import type {
  CloudWatchClient,
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
} from "@aws-sdk/client-cloudwatch";
import { leanBody, type TakenNumbers } from "./lean-body.ts";

/** An answer of GetMetricData; where `taken` is there, its lists hold the places of their numbers in it. */
export interface MetricAnswer {
  readonly output: GetMetricDataCommandOutput;
  readonly taken: TakenNumbers | undefined;
}

/** Buffers that are used again: memory outside of the heap would pile up faster than it is collected. */
const spare: Buffer[] = [];
const FIRST_BYTES = 4 * 1024 * 1024;

/** Reads a body to its end into a buffer that is used again after `use`. */
const withWhole = async <T>(body: AsyncIterable<Uint8Array>, use: (bytes: Buffer) => T): Promise<T> => {
  let buffer = spare.pop() ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
  let length = 0;
  for await (const part of body) {
    if (length + part.length > buffer.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (length + part.length));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    buffer.set(part, length);
    length += part.length;
  }
  const result = use(buffer.subarray(0, length));
  spare.push(buffer);
  return result;
};

const isStream = (body: unknown): body is AsyncIterable<Uint8Array> =>
  body !== null && typeof body === "object" && Symbol.asyncIterator in body && !(body instanceof Uint8Array);

interface RawResponse {
  readonly statusCode?: number;
  body?: unknown;
}

/**
 * Sends GetMetricData. The numbers of an answer are read in one go before the SDK sees it: it would make objects of
 * each of the 200,000, several times the memory of the whole scan.
 */
export const getMetricData = async (
  client: CloudWatchClient,
  input: GetMetricDataCommandInput,
  abortSignal: AbortSignal,
): Promise<MetricAnswer> => {
  const { GetMetricDataCommand } = await import("@aws-sdk/client-cloudwatch");
  const command = new GetMetricDataCommand(input);
  let taken: TakenNumbers | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as RawResponse;
      if (response.statusCode !== 200 || !isStream(response.body)) return result;
      const lean = await withWhole(
        response.body,
        (bytes) => leanBody(bytes) ?? { body: Buffer.from(bytes), taken: undefined },
      );
      taken = lean.taken;
      response.body = lean.body;
      return result;
    },
    { step: "deserialize", priority: "low", name: "takeNumbersOut" },
  );
  const output = await client.send(command, { abortSignal });
  return { output, taken };
};

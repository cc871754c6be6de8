import type { ComputeOptimizerAdvice } from "../../domain/rightsizing/compute-optimizer-advice.ts";
import { invalidInput } from "../file/text/invalid-input.ts";
import { isRecord, recordsOf } from "../metrics/json/record.ts";
import { fileBytes, plainBytes } from "../metrics/source/byte-source.ts";
import { wholeText } from "../metrics/source/whole.ts";
import { adviceInCsv } from "./advice-in-csv.ts";
import { adviceOfRecord } from "./advice-of-record.ts";

const LARGEST_MIB = 64;

/**
 * Reads recommendations of Compute Optimizer: what `aws compute-optimizer get-ecs-service-recommendations` prints, or the CSV
 * that it exports; plain or gzip.
 *
 * @throws {BorderError} `invalid-input` where a file is neither, `unreadable-file`, `file-too-large`.
 */
export const readComputeOptimizer = async (files: readonly string[]): Promise<readonly ComputeOptimizerAdvice[]> => {
  const read = files.map(async (file) => {
    const text = await wholeText(file, plainBytes(file, fileBytes(file), LARGEST_MIB), LARGEST_MIB);
    return /^\s*[[{]/.test(text) ? adviceInJson(file, text) : adviceInCsv(file, text);
  });
  return (await Promise.all(read)).flat();
};

const adviceInJson = (file: string, text: string): readonly ComputeOptimizerAdvice[] => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw invalidInput("invalid-input", { file }, "is not JSON", { cause });
  }
  const documents = [document].flat().filter(isRecord);
  if (!documents.some((each) => Array.isArray(each["ecsServiceRecommendations"]))) {
    throw invalidInput("invalid-input", { file }, "holds no ecsServiceRecommendations", {
      hint: "Give what `aws compute-optimizer get-ecs-service-recommendations` prints, or its CSV export.",
    });
  }
  return documents
    .flatMap((each) => recordsOf(each["ecsServiceRecommendations"]))
    .flatMap((record) => adviceOfRecord(record) ?? []);
};

import type { SavingsPlanOfferingRate } from "@aws-sdk/client-savingsplans";
import { TERMS } from "../../../domain/pricing/purchase.ts";
import { type PlanRate, paymentOf } from "../../price-list/items/plan-rate.ts";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import { allPages } from "../client/paged.ts";
import { PRICING_REGION } from "./get-products.ts";

const DESCRIBE_RATES = "savingsplans:DescribeSavingsPlansOfferingRates";
const SECONDS_PER_YEAR = 31_536_000;

type Plan = "Compute" | "EC2Instance";
type Product = PlanRate["product"];

const readRates = async (
  aws: Aws,
  plan: Plan,
  product: Product,
  region: string,
): Promise<readonly SavingsPlanOfferingRate[]> => {
  const call: AwsCall = { action: DESCRIBE_RATES, region: PRICING_REGION };
  const client = await aws.clients.savingsPlans(PRICING_REGION);
  const { DescribeSavingsPlansOfferingRatesCommand } = await import("@aws-sdk/client-savingsplans");
  const linux = [
    { name: "productDescription" as const, values: ["Linux/UNIX"] },
    { name: "tenancy" as const, values: ["shared"] },
  ];
  return allPages(aws, call, (nextToken) => async (abortSignal) => {
    const command = new DescribeSavingsPlansOfferingRatesCommand({
      savingsPlanTypes: [plan],
      products: [product],
      serviceCodes: [product === "Fargate" ? "AmazonECS" : "AmazonEC2"],
      filters: [{ name: "region", values: [region] }, ...(product === "EC2" ? linux : [])],
      maxResults: 1000,
      nextToken,
    });
    const page = await client.send(command, { abortSignal });
    const isRate = ({ rate, usageType }: SavingsPlanOfferingRate): boolean =>
      typeof usageType === "string" && /^\d+(?:\.\d+)?(?:[eE]-?\d+)?$/.test(String(rate));
    if (!(page.searchResults ?? []).every(isRate)) throw malformedAnswer(call, "a rate is no decimal");
    return { items: page.searchResults, next: page.nextToken };
  });
};

const COMMITMENTS = { Compute: "compute-sp", EC2Instance: "instance-sp" } as const;

const planRatesOf = (
  rates: readonly SavingsPlanOfferingRate[],
  plan: Plan,
  product: Product,
  readOn: string,
): readonly PlanRate[] =>
  rates.flatMap(({ savingsPlanOffering, usageType = "", operation = "", rate }) => {
    const { durationSeconds = 0, paymentOption = "" } = savingsPlanOffering ?? {};
    const term = TERMS.find((years) => years * SECONDS_PER_YEAR === durationSeconds);
    const payment = paymentOf(paymentOption);
    if (term === undefined || payment === undefined) return [];
    const origin = { asOf: readOn, source: "AWS Savings Plans API, DescribeSavingsPlansOfferingRates" };
    const offer = { product, commitment: COMMITMENTS[plan], term, payment };
    return [{ ...offer, usageType, operation, rate: String(rate), origin }];
  });

/** Savings Plans rates of a region for Fargate and Linux instances. Action: DescribeSavingsPlansOfferingRates. */
export const getPlanRates = async (aws: Aws, region: string, readOn: string): Promise<readonly PlanRate[]> => {
  const wanted: readonly (readonly [Plan, Product])[] = [
    ["Compute", "Fargate"],
    ["Compute", "EC2"],
    ["EC2Instance", "EC2"],
  ];
  const answers = await Promise.all(
    wanted.map(async ([plan, product]) =>
      planRatesOf(await readRates(aws, plan, product, region), plan, product, readOn),
    ),
  );
  return answers.flat();
};

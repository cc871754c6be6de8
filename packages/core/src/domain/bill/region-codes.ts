/**
 * Regions by the prefix that their usage types begin with.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-region-billing-codes.html checked 2026-11-20;
 * GovCloud, China, `CPT` and `EUW1` as seen on bills
 */
const REGION_OF_PREFIX: ReadonlyMap<string, string> = new Map(
  Object.entries({
    USE1: "us-east-1",
    USE2: "us-east-2",
    USW1: "us-west-1",
    USW2: "us-west-2",
    CAN1: "ca-central-1",
    CAN2: "ca-west-1",
    MXC1: "mx-central-1",
    SAE1: "sa-east-1",
    AFS1: "af-south-1",
    CPT: "af-south-1",
    ILC1: "il-central-1",
    MEC1: "me-central-1",
    MES1: "me-south-1",
    APE1: "ap-east-1",
    APE2: "ap-east-2",
    APN1: "ap-northeast-1",
    APN2: "ap-northeast-2",
    APN3: "ap-northeast-3",
    APS1: "ap-southeast-1",
    APS2: "ap-southeast-2",
    APS3: "ap-south-1",
    APS4: "ap-southeast-3",
    APS5: "ap-south-2",
    APS6: "ap-southeast-4",
    APS7: "ap-southeast-5",
    APS8: "ap-southeast-6",
    APS9: "ap-southeast-7",
    EU: "eu-west-1",
    EUW1: "eu-west-1",
    EUW2: "eu-west-2",
    EUW3: "eu-west-3",
    EUC1: "eu-central-1",
    EUC2: "eu-central-2",
    EUN1: "eu-north-1",
    EUS1: "eu-south-1",
    EUS2: "eu-south-2",
    UGW1: "us-gov-west-1",
    UGE1: "us-gov-east-1",
    CNN1: "cn-north-1",
    CNW1: "cn-northwest-1",
  }),
);

const LISTED: ReadonlySet<string> = new Set(REGION_OF_PREFIX.values());

/** A usage type taken apart. */
export interface SplitUsageType {
  /** Region that the prefix names; us-east-1 where there is none. */
  readonly region: string;
  /** Without the prefix. */
  readonly rest: string;
}

/** What a prefix looks like that stands in no list yet. */
const PREFIX = /^[A-Z]{2,9}\d{0,2}$/;

/** The European Sovereign Cloud has one region; how its bills spell the prefix after this is not published. */
const SOVEREIGN = /^EUSC[A-Z]{0,5}\d{0,2}$/;

const REGION_CODE = /^(?<region>[a-z]{2}(?:-[a-z]+)+-\d)-(?<rest>KMS-.+)$/;

/**
 * Parts a usage type from the prefix of its region. Usage types without a known prefix are those of us-east-1; KMS spells
 * the region in full. A region that the bill names tells what a prefix means that is not known.
 *
 * @example splitUsageType("EUC1-Fargate-GB-Hours") //=> { region: "eu-central-1", rest: "Fargate-GB-Hours" }
 */
export const splitUsageType = (usageType: string, billedRegion = ""): SplitUsageType => {
  const named = REGION_CODE.exec(usageType)?.groups;
  if (named !== undefined) return { region: named["region"] ?? "", rest: named["rest"] ?? "" };
  const hyphen = usageType.indexOf("-");
  const prefix = usageType.slice(0, Math.max(0, hyphen));
  const region = REGION_OF_PREFIX.get(prefix) ?? (SOVEREIGN.test(prefix) ? "eusc-de-east-1" : undefined);
  if (region !== undefined) return { region, rest: usageType.slice(hyphen + 1) };
  const isNew = PREFIX.test(prefix) && billedRegion !== "" && !LISTED.has(billedRegion);
  return isNew
    ? { region: billedRegion, rest: usageType.slice(hyphen + 1) }
    : { region: billedRegion || "us-east-1", rest: usageType };
};

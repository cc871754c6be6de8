/** Columns that every table of a service begins with. */
const TERMS = [
  ...["SKU", "OfferTermCode", "RateCode", "TermType", "PriceDescription", "EffectiveDate"],
  ...["StartingRange", "EndingRange", "Unit", "PricePerUnit", "Currency"],
];
const RESERVED = ["RelatedTo", "LeaseContractLength", "PurchaseOption", "OfferingClass"];
const PLACE = ["Product Family", "serviceCode", "Location", "Location Type"];

const capacities = ["10xlarge", "12xlarge", "16xlarge", "18xlarge", "24xlarge", "2xlarge", "32xlarge", "4xlarge"];
const smaller = ["8xlarge", "9xlarge", "large", "medium", "metal", "xlarge"];

/** The columns of Amazon EC2 as its table has them (offer of September 2025). */
const EC2 = [
  ...TERMS,
  ...RESERVED,
  ...PLACE,
  ...["Instance Type", "Current Generation", "Instance Family", "vCPU", "Physical Processor", "Clock Speed", "Memory"],
  ...["Storage", "Network Performance", "Processor Architecture", "Storage Media", "Volume Type", "Max Volume Size"],
  ...["Max IOPS/volume", "Max IOPS Burst Performance", "Max throughput/volume", "Provisioned", "Tenancy"],
  ...["EBS Optimized", "Operating System", "License Model", "Group", "Group Description", "Transfer Type"],
  ...["From Location", "From Location Type", "To Location", "To Location Type", "usageType", "operation"],
  ...["AvailabilityZone", "CapacityStatus", "ClassicNetworkingSupport", "Dedicated EBS Throughput", "ECU"],
  ...["Elastic Graphics Type", "Enhanced Networking Supported", "From Region Code", "GPU", "GPU Memory", "Instance"],
  ...[...capacities, ...smaller].map((size) => `Instance Capacity - ${size}`),
  ...["instanceSKU", "Intel AVX2 Available", "Intel AVX Available", "Intel Turbo Available", "MarketOption"],
  ...["Normalization Size Factor", "Physical Cores", "Pre Installed S/W", "Processor Features", "Product Type"],
  ...["Region Code", "Resource Type", "serviceName", "SnapshotArchiveFeeType", "To Region Code", "Volume API Name"],
  "VPCNetworkingSupport",
];

const ECS = [
  ...TERMS,
  ...PLACE,
  ...["Instance Type", "Tenancy", "Operating System", "usageType", "operation", "CPU Architecture", "cputype"],
  ...["External Instance Type", "memorytype", "Region Code", "resource", "serviceName", "storagetype"],
];

const TRANSFER = [
  ...TERMS,
  ...["Product Family", "serviceCode", "Transfer Type", "From Location", "From Location Type", "To Location"],
  ...["To Location Type", "usageType", "operation", "From Region Code", "serviceName", "To Region Code"],
];

const OTHER = [
  ...TERMS,
  ...PLACE,
  ...["Group", "Group Description", "usageType", "operation", "Region Code", "serviceName", "Storage Class"],
  "Access Type",
];

/** Columns of the table of a service. */
export const columnsOf = (serviceCode: string): readonly string[] =>
  ({ AmazonEC2: EC2, AmazonECS: ECS, AWSDataTransfer: TRANSFER })[serviceCode] ?? OTHER;

/** Columns of the table of Compute and EC2 Instance Savings Plans. */
export const PLAN_COLUMNS: readonly string[] = [
  ...["SKU", "RateCode", "Unit", "EffectiveDate", "DiscountedRate", "Currency", "DiscountedSKU"],
  ...["DiscountedServiceCode", "DiscountedUsageType", "DiscountedOperation", "PurchaseOption"],
  ...["LeaseContractLength", "LeaseContractLengthUnit", "ServiceCode", "UsageType", "Operation", "Description"],
  ...["Instance Family", "Location", "Location Type", "Granularity", "Product Family", "DiscountedRegionCode"],
  "DiscountedInstanceType",
];

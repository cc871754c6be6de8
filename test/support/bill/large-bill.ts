/** Resources that are billed every hour, and the kinds of them: lines of one kind differ in resource and time only. */
const RESOURCES = 67_200;
const KINDS = 2_400;

const amount = (expression: string): string => `ROUND(${expression}, 10)`;

const NOTHING = [
  "savings_plan_total_commitment_to_date",
  "savings_plan_used_commitment",
  "reservation_unused_recurring_fee",
  "split_line_item_split_cost",
  "split_line_item_unused_cost",
];

/**
 * SQL of DuckDB that writes a bill of October 2026 as CUR 2.0 in Parquet: ECS on Fargate and instances, what comes along and
 * other services, with tags, usage that commitments cover and ids of resources.
 */
export const largeBillSql = (rows: number, file: string): string => `COPY (SELECT
  'line' || MD5(CAST(i AS VARCHAR)) AS identity_line_item_id,
  TIMESTAMP '2026-10-01' AS bill_billing_period_start_date,
  CAST(999900010000 + kind % 12 AS VARCHAR) AS line_item_usage_account_id,
  CASE WHEN kind % 50 = 0 THEN 'SavingsPlanCoveredUsage' WHEN kind % 53 = 0 THEN 'DiscountedUsage'
    WHEN kind % 59 = 0 THEN 'SavingsPlanNegation' WHEN i % 1000003 = 0 THEN 'Credit' ELSE 'Usage' END
    AS line_item_line_item_type,
  TIMESTAMP '2026-10-01' + TO_HOURS(CAST(i // ${RESOURCES} % 744 AS INTEGER)) AS line_item_usage_start_date,
  TIMESTAMP '2026-10-01' + TO_HOURS(CAST(i // ${RESOURCES} % 744 + 1 AS INTEGER)) AS line_item_usage_end_date,
  CASE WHEN part < 40 THEN 'AmazonECS' WHEN part < 65 THEN 'AmazonEC2' WHEN part < 70 THEN 'AmazonCloudWatch'
    WHEN part < 73 THEN 'AWSELB' WHEN part < 76 THEN 'AmazonVPC' WHEN part < 90 THEN 'AmazonS3' ELSE 'AmazonRDS' END
    AS line_item_product_code,
  CASE WHEN part < 20 THEN 'EUC1-Fargate-vCPU-Hours:perCPU' WHEN part < 40 THEN 'EUC1-Fargate-GB-Hours'
    WHEN part < 65 THEN 'EUC1-BoxUsage:m' || (kind % 8) || '.' || (['large', 'xlarge', '2xlarge'])[1 + kind % 3]
    WHEN part < 70 THEN 'EUC1-DataProcessing-Bytes' WHEN part < 73 THEN 'EUC1-LCUUsage'
    WHEN part < 76 THEN 'EUC1-VpcEndpoint-Hours' WHEN part < 90 THEN 'EUC1-Requests-Tier' || (kind % 3)
    ELSE 'EUC1-InstanceUsage:db.m' || (kind % 5) END AS line_item_usage_type,
  CASE WHEN part < 40 THEN 'FargateTask' WHEN part < 65 THEN 'RunInstances' WHEN part < 70 THEN 'PutLogEvents'
    WHEN part < 73 THEN 'LoadBalancing:Application' ELSE 'Operation' || (kind % 4) END AS line_item_operation,
  CASE WHEN part < 40 THEN 'arn:aws:ecs:eu-central-1:111122223333:task/c/' || MD5(CAST(resource AS VARCHAR))
    ELSE 'i-' || SUBSTR(MD5(CAST(resource AS VARCHAR)), 1, 17) END AS line_item_resource_id,
  ${amount("noise % 1000 / 7.0e0 / 100")} AS line_item_usage_amount,
  'USD' AS line_item_currency_code,
  ${amount("noise % 100000 / 7.0e0 / 1000")} AS line_item_unblended_cost,
  CASE WHEN part < 20 THEN 'vCPU-Hours' WHEN part < 40 THEN 'GB-Hours' ELSE 'Hrs' END AS pricing_unit,
  ${amount("noise % 100000 / 7.0e0 / 900")} AS pricing_public_on_demand_cost,
  CASE WHEN part % 3 = 0 THEN 'eu-central-1' ELSE 'us-east-1' END AS product_region_code,
  CASE WHEN kind % 50 = 0 THEN ${amount("noise % 100000 / 11.0e0 / 1000")} END AS savings_plan_savings_plan_effective_cost,
  CASE WHEN kind % 53 = 0 THEN ${amount("noise % 100000 / 13.0e0 / 1000")} END AS reservation_effective_cost,
  ${NOTHING.map((name) => `CAST(NULL AS DOUBLE) AS ${name}`).join(", ")},
  CAST(NULL AS VARCHAR) AS split_line_item_parent_resource_id,
  CASE WHEN part < 40 THEN MAP(['aws_ecs_cluster_name', 'aws_ecs_service_name', 'user_team'],
    ['cluster-' || (kind % 10), 'service-' || (kind % 200), 'team-' || (kind % 20)])
    ELSE MAP(['user_team'], ['team-' || (kind % 20)]) END AS resource_tags
FROM (SELECT i, i % ${RESOURCES} AS resource, CAST(HASH(i) % 1000000007 AS BIGINT) AS noise,
  CAST(HASH(i % ${RESOURCES} % ${KINDS}) % 1000000007 AS BIGINT) AS kind,
  CAST(HASH(i % ${RESOURCES} % ${KINDS} * 7 + 1) % 100 AS INTEGER) AS part FROM RANGE(${rows}) AS numbers(i)))
TO '${file}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 250000)`;

/** One GROUP BY over the columns that a review reads, added up as doubles: what DuckDB alone needs for it. */
export const groupBySql = (file: string): string => `SELECT CAST(line_item_usage_start_date AS DATE) AS day,
  bill_billing_period_start_date, line_item_line_item_type, line_item_usage_account_id, product_region_code,
  line_item_product_code, line_item_usage_type, line_item_operation, pricing_unit, line_item_currency_code,
  resource_tags['aws_ecs_cluster_name'], resource_tags['aws_ecs_service_name'], resource_tags['user_team'],
  SUM(line_item_usage_amount), SUM(line_item_unblended_cost), SUM(pricing_public_on_demand_cost),
  SUM(savings_plan_savings_plan_effective_cost), SUM(reservation_effective_cost), SUM(savings_plan_used_commitment),
  COUNT(line_item_resource_id), MAX(line_item_usage_end_date)
FROM READ_PARQUET('${file}') GROUP BY ALL`;

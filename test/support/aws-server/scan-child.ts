import { lookbackWindow, openPointCache, scanMetrics } from "@ecs-cost/core/aws";
import { createAccount } from "./account.ts";
import { openTestAws } from "./session.ts";

/** A scan in a process of its own, which a test kills: endpoint, cache folder, account options as JSON. */
const [, , endpoint = "", folder = "", options = "{}"] = process.argv;
const account = createAccount(JSON.parse(options) as Parameters<typeof createAccount>[0]);
const services = account.regions.flatMap(({ region, clusters }) =>
  clusters.flatMap((cluster) => cluster.services.map(({ name }) => ({ region, cluster: cluster.name, service: name }))),
);
const request = { services, window: lookbackWindow(1, account.now, 300) };
await scanMetrics(openTestAws({ endpoint, account }), request, () => undefined, openPointCache(folder));

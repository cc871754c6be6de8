import type { FaultPlan } from "./fault-plan.ts";
import { startAwsServer } from "./server.ts";

/** A server in a process of its own: options as JSON in the first argument; its first message holds its endpoint. */
const options = JSON.parse(process.argv[2] ?? "{}") as Parameters<typeof startAwsServer>[0];
const server = await startAwsServer(options);

process.on("message", (message: { readonly faults?: FaultPlan; readonly stop?: true }) => {
  if (message.faults !== undefined) server.setFaults(message.faults);
  if (message.stop === true) {
    const calls = server.log.calls.length;
    process.send?.({ calls, faults: server.log.calls.filter(({ fault }) => fault !== undefined).length }, () => {
      void server.close().then(() => process.disconnect());
    });
  }
});
process.send?.({ endpoint: server.endpoint });

/** A call that reached the server; nothing of it can be a credential. */
export interface CallRecord {
  /** As IAM spells it, for example `ecs:DescribeServices`. */
  readonly action: string;
  readonly region: string;
  /** Metrics that a GetMetricData call asks for, otherwise 0. */
  readonly queries: number;
  /** Points of metrics in the answer. */
  points: number;
  readonly fault?: string;
}

/** What was called. */
export interface CallLog {
  readonly calls: readonly CallRecord[];
  add(call: CallRecord): void;
  /** Calls of an action, those that a fault befell included. */
  count(action: string): number;
  /** Every action called, sorted. */
  actions(): readonly string[];
  clear(): void;
}

/** An empty log. */
export const createCallLog = (): CallLog => {
  const calls: CallRecord[] = [];
  return {
    calls,
    add: (call) => {
      calls.push(call);
    },
    count: (action) => calls.filter((call) => call.action === action).length,
    actions: () => [...new Set(calls.map(({ action }) => action))].sort(),
    clear: () => {
      calls.length = 0;
    },
  };
};

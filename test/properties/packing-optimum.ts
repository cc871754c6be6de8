import type { PackItem, PackRequest } from "../../packages/core/src/domain/packing/model/request.ts";

interface Bin {
  readonly zone: number;
  readonly tasks: PackItem[];
}

const fitsOn = (
  tasks: readonly PackItem[],
  type: PackRequest["types"][number],
  reserved: readonly string[],
): boolean => {
  const sum = (key: "cpu" | "memory" | "enis" | "gpus") => tasks.reduce((total, task) => total + task[key], 0);
  const ports = [...reserved, ...tasks.flatMap((task) => task.hostPorts)];
  if (type.cpu <= 0 || type.memory <= 0 || type.enis < 0) return false;
  if (new Set(ports).size < ports.length) return false;
  return sum("cpu") <= type.cpu && sum("memory") <= type.memory && sum("enis") <= type.enis && sum("gpus") <= type.gpus;
};

/** Least cost of bins over every choice of types, idle instances of the cheapest chosen type included. */
const priceBins = (request: PackRequest, prices: readonly (number | undefined)[], bins: readonly Bin[]): number => {
  const total = Math.max(request.minInstances, Math.ceil((bins.length * 100) / request.targetCapacity));
  let best = Number.POSITIVE_INFINITY;
  const choose = (i: number, cost: number, cheapest: number): void => {
    const bin = bins[i];
    if (bin === undefined) {
      best = Math.min(best, cost + (total - bins.length) * cheapest);
      return;
    }
    request.types.forEach((type, t) => {
      const price = prices[t];
      if (price !== undefined && fitsOn(bin.tasks, type, request.reservedPorts)) {
        choose(i + 1, cost + price, Math.min(cheapest, price));
      }
    });
  };
  choose(0, 0, Number.POSITIVE_INFINITY);
  return best;
};

const isEven = (request: PackRequest, bins: readonly Bin[]): boolean =>
  request.items.every((item) => {
    const counts = Array.from({ length: request.azs }, (_, zone) =>
      bins.reduce((n, bin) => n + (bin.zone === zone ? bin.tasks.filter((task) => task === item).length : 0), 0),
    );
    return Math.max(...counts) - Math.min(...counts) <= 1;
  });

/** The least cost of any fleet in the first market, by trying every partition of the tasks; Infinity if none. */
export const optimum = (request: PackRequest): number => {
  const tasks = request.items.flatMap((item) => Array.from({ length: item.count }, () => item));
  const prices = request.markets[0]?.nanoDollars ?? [];
  const bins: Bin[] = [];
  let best = Number.POSITIVE_INFINITY;
  const place = (i: number): void => {
    const task = tasks[i];
    if (task === undefined) {
      if (isEven(request, bins)) best = Math.min(best, priceBins(request, prices, bins));
      return;
    }
    for (const bin of bins) {
      bin.tasks.push(task);
      place(i + 1);
      bin.tasks.pop();
    }
    for (let zone = 0; zone < request.azs; zone++) {
      bins.push({ zone, tasks: [task] });
      place(i + 1);
      bins.pop();
    }
  };
  place(0);
  return best;
};

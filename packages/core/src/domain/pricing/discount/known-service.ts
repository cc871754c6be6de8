import { overheadMeter } from "../overhead-key.ts";
import { fixedPriceKeys } from "../parsed-key.ts";
import { DISCOUNT_SERVICES, fitsPattern, serviceNamed } from "./services.ts";

const SERVICE_CODES: ReadonlySet<string> = new Set(["amazonecs", "amazonec2"]);

const isServiceCode = (name: string): boolean =>
  SERVICE_CODES.has(name.toLowerCase()) ||
  fixedPriceKeys().some((key) => overheadMeter(key)?.serviceCode.toLowerCase() === name.toLowerCase());

/** Whether any price can belong to what a discount calls its service. */
export const isKnownService = (name: string): boolean =>
  serviceNamed(name) !== undefined ||
  isServiceCode(name) ||
  /^(?:ec2|managed-instances)\//.test(name) ||
  fixedPriceKeys().some((key) => fitsPattern(name, key));

/** The services that discounts know by name. */
export const discountServices = (): readonly string[] => Object.keys(DISCOUNT_SERVICES);

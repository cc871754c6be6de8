/** Something worth telling while a long operation runs; data only, never text for people. */
export type ProgressEvent =
  | { readonly code: "metrics-progress"; readonly done: number; readonly calls: number }
  | {
      readonly code: "discovery-progress";
      readonly region: string;
      readonly cluster?: string;
      readonly services: number;
    }
  | {
      readonly code: "definitions-progress";
      readonly region: string;
      readonly done: number;
      /** Task definitions that are known to be needed so far. */
      readonly definitions: number;
    }
  | { readonly code: "prices-progress"; readonly region: string; readonly done: number; readonly dimensions: number }
  /** Bytes of a file of the public price list that came so far, of `all` where that is known. */
  | {
      readonly code: "price-file-progress";
      readonly region: string;
      readonly offer: string;
      readonly bytes: number;
      readonly all?: number;
    }
  /** USD that AWS bills for the pages that came so far. */
  | { readonly code: "cost-explorer-progress"; readonly pages: number; readonly usd: string }
  /** Percent of the work on the files of a bill. */
  | { readonly code: "bill-progress"; readonly parts: number; readonly percent: number }
  | { readonly code: "athena-progress"; readonly done: number; readonly queries: number; readonly scannedBytes: number }
  | { readonly code: "call-repeated"; readonly action: string; readonly region: string; readonly reason: string };

/** Is told what happens; must not throw. */
export type Observer = (event: ProgressEvent) => void;

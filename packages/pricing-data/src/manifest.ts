/** A file of this package with its checksum. */
export interface DataFile {
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal SHA-256 of the file's bytes. */
  readonly sha256: string;
}

export interface RegionEntry extends DataFile {
  readonly region: string;
  readonly name: string;
  readonly usageTypePrefix: string;
  readonly partition: string;
  /** Oldest and newest date of the region's facts, `undated` where none has one. */
  readonly oldest: string;
  readonly newest: string;
  readonly counts: {
    /** Fargate and overhead keys. */
    readonly prices: number;
    readonly onDemand: number;
    readonly spot: number;
    /** Rates of Reserved Instances and Savings Plans, all instance types. */
    readonly commitments: number;
  };
}

/** What the package holds, without opening the files. */
export interface Manifest {
  readonly version: 1;
  /** Sorted by region code. */
  readonly regions: readonly RegionEntry[];
  readonly instanceTypes: DataFile & {
    readonly asOf: string;
    readonly source: string;
    readonly count: number;
    /** Types left out because no public document states their network interface limits. */
    readonly withoutLimits: readonly string[];
  };
}

/** A record of a CSV file, valid only while it is handed over. */
export interface CsvRecord {
  /** Number of its cells. */
  readonly size: number;
  /** The cell at a place without its quotes; empty beyond the last. */
  text(at: number): string;
}

/** Takes a CSV file in pieces. */
export interface CsvScanner {
  push(piece: Buffer): void;
  /** Hands over a last record that no line end closes. */
  end(): void;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_END = 0x0a;
const RETURN = 0x0d;
const MOST_CELLS = 512;
const LONGEST_RECORD = 1_048_576;

/** What no CSV file of the price list can be. */
export class BadCsv extends Error {}

/**
 * Finds records and cells by their bytes alone, so that records which nobody asks about make no text. Cells may be
 * quoted or not, also in one record; quoted ones may have commas, line ends and doubled quotes in them.
 */
export const scanCsv = (take: (record: CsvRecord) => void): CsvScanner => {
  const starts = new Int32Array(MOST_CELLS + 1);
  let data: Buffer = Buffer.alloc(0);
  let last = 0;
  let recordEnd = 0;
  let isOpen = false;

  const record = {
    size: 0,
    text: (at: number): string => {
      if (at < 0 || at > last) return "";
      const from = starts[at] ?? 0;
      const to = at < last ? (starts[at + 1] ?? 0) - 1 : recordEnd;
      if (data[from] !== QUOTE) return data.toString("utf8", from, to);
      const text = data.toString("utf8", from + 1, to - 1);
      return text.includes('""') ? text.replaceAll('""', '"') : text;
    },
  };

  const handOver = (end: number): void => {
    const begin = starts[0] ?? 0;
    recordEnd = end > begin && data[end - 1] === RETURN ? end - 1 : end;
    if (recordEnd === begin) return;
    record.size = last + 1;
    take(record);
  };

  /** From the beginning of a record on; gives where the first one begins that is not whole. */
  const scan = (piece: Buffer): number => {
    const { length } = piece;
    let isQuoted = false;
    let count = 0;
    starts[0] = 0;
    for (let at = 0; at < length; at += 1) {
      const byte = piece[at];
      if (byte === QUOTE) isQuoted = !isQuoted;
      else if (isQuoted) continue;
      else if (byte === COMMA) {
        count += 1;
        if (count > MOST_CELLS) throw new BadCsv(`a line has more than ${MOST_CELLS} cells`);
        starts[count] = at + 1;
      } else if (byte === LINE_END) {
        last = count;
        handOver(at);
        count = 0;
        starts[0] = at + 1;
      }
    }
    last = count;
    isOpen = isQuoted;
    return starts[0] ?? 0;
  };

  return {
    push: (piece) => {
      data = data.length === 0 ? piece : Buffer.concat([data, piece]);
      const open = scan(data);
      data = Buffer.from(data.subarray(open));
      if (data.length > LONGEST_RECORD) throw new BadCsv("a line is longer than 1 MB");
    },
    end: () => {
      if (data.length === 0) return;
      scan(data);
      if (isOpen) throw new BadCsv("it ends within a cell");
      handOver(data.length);
    },
  };
};

/** A record of a CSV file, valid only while it is handed over. */
export interface CsvRecord {
  /** Number of its cells. */
  readonly size: number;
  /** The cell at a place without its quotes; empty beyond the last. */
  text(at: number): string;
  /** Whether the cell at a place has these bytes, quotes included. */
  has(at: number, bytes: Uint8Array): boolean;
  /** A copy of the bytes of a cell, quotes included. */
  bytes(at: number): Uint8Array;
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
/** Bytes that mean something, by their value: most mean nothing, which is told by one look into this table. */
const MEANING = new Uint8Array(256);
MEANING[QUOTE] = 1;
MEANING[COMMA] = 1;
MEANING[LINE_END] = 1;
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
  /** What is scanned, and what a piece left of a record that goes on in the next one. */
  let data: Buffer = Buffer.alloc(0);
  let rest: Buffer = Buffer.alloc(0);
  let last = 0;
  let recordEnd = 0;
  let isOpen = false;

  const endOf = (at: number): number => (at < last ? (starts[at + 1] ?? 0) - 1 : recordEnd);

  const record = {
    size: 0,
    has: (at: number, bytes: Uint8Array): boolean => {
      const from = starts[at] ?? 0;
      if (at < 0 || at > last || endOf(at) - from !== bytes.length) return false;
      for (let place = 0; place < bytes.length; place += 1) if (data[from + place] !== bytes[place]) return false;
      return true;
    },
    bytes: (at: number): Uint8Array =>
      at < 0 || at > last ? new Uint8Array() : new Uint8Array(data.subarray(starts[at] ?? 0, endOf(at))),
    text: (at: number): string => {
      if (at < 0 || at > last) return "";
      const from = starts[at] ?? 0;
      const to = endOf(at);
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
  const scan = (piece: Buffer, from: number): number => {
    data = piece;
    const { length } = piece;
    let isQuoted = false;
    let count = 0;
    starts[0] = from;
    for (let at = from; at < length; at += 1) {
      const byte = piece[at] ?? 0;
      if (MEANING[byte] === 0) continue;
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

  const keep = (part: Buffer): void => {
    if (part.length > LONGEST_RECORD) throw new BadCsv("a line is longer than 1 MB");
    rest = part;
  };

  /** Puts the rest of the record before together, line by line; gives where the next record begins, or -1. */
  const closeRest = (piece: Buffer): number => {
    let from = 0;
    while (rest.length > 0) {
      const end = piece.indexOf(LINE_END, from);
      const whole = Buffer.concat([rest, piece.subarray(from, end < 0 ? piece.length : end + 1)]);
      if (end < 0) {
        keep(whole);
        return -1;
      }
      from = end + 1;
      keep(whole.subarray(scan(whole, 0)));
    }
    return from;
  };

  return {
    push: (piece) => {
      const from = closeRest(piece);
      if (from >= 0 && from < piece.length) keep(Buffer.from(piece.subarray(scan(piece, from))));
    },
    end: () => {
      if (rest.length === 0) return;
      scan(rest, 0);
      if (isOpen) throw new BadCsv("it ends within a cell");
      handOver(rest.length);
    },
  };
};

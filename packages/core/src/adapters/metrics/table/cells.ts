/** Cells of one CSV line; undefined where its quotes do not pair. A quote inside a quoted cell is written twice. */
export const splitCells = (line: string, delimiter = ","): string[] | undefined => {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const quoted = /^[ \t]*"/.exec(line.slice(at, at + 64));
    const cell = quoted === null ? bareCell(line, at, delimiter) : quotedCell(line, at + quoted[0].length, delimiter);
    if (cell === undefined) return undefined;
    cells.push(cell.text);
    at = cell.next;
  }
  return cells;
};

interface Cell {
  readonly text: string;
  /** Where the next cell begins; beyond the end after the last. */
  readonly next: number;
}

const bareCell = (line: string, from: number, delimiter: string): Cell | undefined => {
  const comma = line.indexOf(delimiter, from);
  const end = comma < 0 ? line.length : comma;
  const text = line.slice(from, end).trim();
  return text.includes('"') ? undefined : { text, next: end + 1 };
};

const quotedCell = (line: string, from: number, delimiter: string): Cell | undefined => {
  let text = "";
  let at = from;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) return undefined;
    text += line.slice(at, quote);
    if (line[quote + 1] !== '"') return closedCell(line, text, quote + 1, delimiter);
    text += '"';
    at = quote + 2;
  }
};

const closedCell = (line: string, text: string, after: number, delimiter: string): Cell | undefined => {
  const comma = line.indexOf(delimiter, after);
  const end = comma < 0 ? line.length : comma;
  return line.slice(after, end).trim() === "" ? { text, next: end + 1 } : undefined;
};

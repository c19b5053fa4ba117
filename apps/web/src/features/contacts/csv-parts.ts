/** Rows in one request: some seconds of work for the server, and a bar that moves. */
const ROWS = 200;
/** Characters in one request, whatever the rows are like; the API takes 5 MB. */
const MOST_TEXT = 1_000_000;

/** A piece of a CSV file that can be imported on its own: the file's header, and rows as they are written. */
export interface CsvPart {
  readonly text: string;
  readonly rows: number;
  /** What to add to a line of the piece to have that of the file. */
  readonly shift: number;
}

/**
 * A CSV file in parts, divided between rows as the server reads them: a quotation begins with a cell, and may hold line ends.
 * A file without rows, or whose quotation is not closed, is one part: the server says what is wrong.
 */
export function csvParts(file: string, most = ROWS): CsvPart[] {
  const text = file.replace(/^\uFEFF/, '');
  const separator = separatorOf(text);
  const parts: CsvPart[] = [];
  let [head, headLines] = ['', 0];
  let [from, begin, line, firstLine, rows] = [0, 0, 1, 1, 0];
  let [quoted, cellStart] = [false, true];
  const cut = (to: number): void => {
    if (rows > 0) parts.push({ text: head + text.slice(from, to), rows, shift: firstLine - 1 - headLines });
    [from, firstLine, rows] = [to, line, 0];
  };
  const endRow = (to: number): void => {
    const row = text.slice(begin, to);
    const filled = row.split(separator).some((cell) => cell.replaceAll('"', '').trim() !== '');
    begin = to;
    if (head === '') {
      if (!filled) return;
      head = text.slice(0, to);
      headLines = line - 1;
      [from, firstLine] = [to, line];
    } else if (filled) rows += 1;
    if (rows >= most || to - from >= MOST_TEXT) cut(to);
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\n') line += 1;
    if (quoted) {
      if (char === '"' && text[at + 1] === '"') at += 1;
      else if (char === '"') quoted = false;
      continue;
    }
    if (char === '"' && cellStart) quoted = true;
    if (char === '\n') endRow(at + 1);
    if (char !== '\r') cellStart = char === separator || char === '\n';
  }
  if (begin < text.length) endRow(text.length);
  cut(text.length);
  return quoted || parts.length === 0 ? [{ text, rows: 1, shift: 0 }] : parts;
}

/** As the server tells it, by the first line. */
function separatorOf(text: string): string {
  const [head = ''] = text.split('\n', 1);
  return head.split(';').length > head.split(',').length ? ';' : ',';
}

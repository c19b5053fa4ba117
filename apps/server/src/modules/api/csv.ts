/** One line of CSV (RFC 4180). What a spreadsheet would take for a formula gets a ' in front; numbers with a sign stay. */
export const csvLine = (cells: readonly (string | number | boolean | null | undefined)[]): string => `${cells.map(cell).join(',')}\r\n`;

function cell(value: string | number | boolean | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = /^[=@\t\r]|^[+-](?![\d\s().-]*$)/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A record and the line of the file it begins at, the first being 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The records of a CSV file, separated by commas or (where the first line has more of them) semicolons; empty lines are left out.
 * Undefined: a quotation is not closed.
 */
export function parseCsv(text: string): CsvRecord[] | undefined {
  const body = text.replace(/^\uFEFF/, '');
  const [head = ''] = body.split('\n', 1);
  const separator = head.split(';').length > head.split(',').length ? ';' : ',';
  const records: CsvRecord[] = [];
  let [cells, current, quoted, line, begin] = [[] as string[], '', false, 1, 1];
  const end = (): void => {
    cells.push(current);
    if (cells.some((c) => c.trim() !== '')) records.push({ line: begin, cells });
    [cells, current, begin] = [[], '', line + 1];
  };
  for (let at = 0; at < body.length; at++) {
    const char = body[at]!;
    if (quoted) {
      if (char === '"' && body[at + 1] === '"') {
        current += '"';
        at += 1;
      } else if (char === '"') quoted = false;
      else current += char;
      if (char === '\n') line += 1;
    } else if (char === '"' && current === '') quoted = true;
    else if (char === separator) {
      cells.push(current);
      current = '';
    } else if (char === '\n') {
      end();
      line += 1;
    } else if (char !== '\r') current += char;
  }
  if (quoted) return undefined;
  end();
  return records;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCsv } from '../../../../server/src/modules/api/csv.ts';
import { csvParts } from './csv-parts.ts';

const files = {
  plain: `phone_number,name\n${Array.from({ length: 7 }, (_, i) => `5691111000${i},Persona ${i}`).join('\n')}`,
  'line ends and quotation marks inside quotations': 'phone_number,name\r\n1,"a\r\n""b"", c"\r\n\r\n2,d"e\r\n3,"f\n\n"\r\n4,g\r\n',
  'semicolons, empty rows and a mark of order': '\uFEFFname;phone_number\n;\n\n"Ana;María";1\n;2\n"";""\nEva;3\n',
  'empty lines before the header': '\n\nphone_number,name\n1,x\n2,y\n3,z',
  'a header of two lines': 'phone_number,"field:a\nb"\n1,x\n2,y\n3,z\n',
};
for (const [name, file] of Object.entries(files)) {
  test(`parts hold what the file holds, with its line numbers: ${name}`, () => {
    const [head, ...rows] = parseCsv(file)!;
    const parts = csvParts(file, 2);
    const read = parts.map((part) => ({ part, records: parseCsv(part.text)! }));
    assert.deepEqual(read.map(({ records }) => records[0]!.cells), parts.map(() => head!.cells));
    assert.deepEqual(read.flatMap(({ part, records }) => records.slice(1).map((r) => ({ line: r.line + part.shift, cells: r.cells }))), rows);
    assert.deepEqual(read.map(({ records }) => records.length - 1), parts.map((part) => part.rows));
    assert.equal(parts.length, Math.ceil(rows.length / 2));
  });
}

test('what is no table goes to the server as it is', () => {
  for (const file of ['', 'phone_number,name\n', 'phone_number\n"1\n2\n']) assert.deepEqual(csvParts(file).map((p) => p.text), [file]);
});

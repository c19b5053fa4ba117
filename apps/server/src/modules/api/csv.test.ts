import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine, parseCsv } from './csv.ts';

test('what is written is read again, with quotations, lines and separators in it', () => {
  const rows = [['+56911110001', 'Ana "la jefa", Soto', 'dos\nlíneas', ''], ['x;y', ' ', 'ñ', '-12.5']];
  assert.deepEqual(parseCsv(rows.map(csvLine).join(''))!.map((r) => r.cells), rows);
  assert.deepEqual(parseCsv('\uFEFFa;b\r\n\r\n"1;2";"x\ny"\n3;4')!.map((r) => [r.line, r.cells]), [[1, ['a', 'b']], [3, ['1;2', 'x\ny']], [5, ['3', '4']]]);
  assert.equal(parseCsv('a,b\n"never closed'), undefined);
});

test('what a spreadsheet would run as a formula is only text', () => {
  assert.equal(csvLine(['=1+1', '@x', '+cmd|x', '+56 9 1111', '-3']), "'=1+1,'@x,'+cmd|x,+56 9 1111,-3\r\n");
});

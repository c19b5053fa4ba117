import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchWords } from './match-words.ts';

const marked = (text: string, q: string): string | undefined => {
  const piece = matchWords(text, q);
  return piece?.hits.toReversed().reduce((shown, { from, to }) => `${shown.slice(0, from)}[${shown.slice(from, to)}]${shown.slice(to)}`, piece.text);
};

test('words are marked that begin as the search does, whatever their accents', () => {
  assert.equal(marked('¿Dónde está la Dirección de Tránsito?', 'direccion transito'), '¿Dónde está la [Dirección] de [Tránsito]?');
  assert.equal(marked('licencias y licencia', 'licen'), '[licencias] y [licencia]');
  assert.equal(marked('an\u0303o nuevo', 'año'), '[an\u0303o] nuevo');
  assert.equal(marked('nada que ver', 'luz'), undefined);
});

test('of a long text the part with the first hit is shown, on one line', () => {
  const long = `${'palabras '.repeat(40)}la lámpara\nde la esquina ${'y más '.repeat(60)}lámpara`;
  const shown = marked(long, 'lampara')!;
  assert.match(shown, /^….*la \[lámpara\] de la esquina.*…$/);
  assert.ok(shown.length < 140);
});

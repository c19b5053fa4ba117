import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isComplete, shownOf } from './filled.ts';

const template = {
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Hola {{1}}' }, { type: 'BODY', text: 'Su hora: {{1}}, {{2}}.' }, { type: 'FOOTER', text: 'Municipalidad' },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Confirmo' }, { type: 'URL', text: 'Ver', url: 'https://x.test/{{1}}' }] },
  ],
  variables: ['header', '1', '2', 'button_2'].map((name) => ({ name, where: 'body' as const, kind: 'text' as const, example: null })),
};

test('a template is shown as its reader sees it, each value in its place', () => {
  assert.deepEqual(shownOf(template, { header: 'Ana', 1: 'lunes' }), {
    header: 'Hola Ana', file: null, body: 'Su hora: lunes, {{2}}.', footer: 'Municipalidad', buttons: [{ kind: 'QUICK_REPLY', text: 'Confirmo' }, { kind: 'URL', text: 'Ver' }],
  });
  assert.equal(shownOf({ components: [{ type: 'HEADER', format: 'IMAGE' }] }, {}).file, 'image');
});

test('it can be sent when everything is filled in', () => {
  assert.equal(isComplete(template, { header: 'a', 1: 'b', 2: 'c', button_2: ' ' }), false);
  assert.equal(isComplete(template, { header: 'a', 1: 'b', 2: 'c', button_2: 'd' }), true);
});

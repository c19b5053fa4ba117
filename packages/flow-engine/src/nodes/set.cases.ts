import type { NodeCase } from '../node-case.ts';

export const cases: readonly NodeCase[] = [
  {
    name: 'sets values in order, of expressions and of texts',
    node: {
      type: 'set',
      values: [
        { variable: 'total', cel: 'precio * 2' }, { variable: 'saludo', liquid: 'Hola {{ contact.name }}, son {{ total }}' },
        { variable: 'lista', cel: '[1, "dos", {"tres": null}]' }, { variable: 'hora', cel: 'now' }, { variable: 'grande', cel: 'size(lista) > 2' },
      ],
      next: 'yes',
    },
    variables: { precio: 1.5 },
    contact: { name: 'Ana' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'say', node: 'yes' }, { type: 'session_completed' }],
    ends_with: { total: 3, saludo: 'Hola Ana, son 3', lista: [1, 'dos', { tres: null }], hora: '2026-11-20T15:00:00.000Z', grande: true },
  },
  {
    name: 'dates are shown in the zone and the language of the company',
    node: {
      type: 'set',
      values: [
        { variable: 'a', liquid: '{{ now | date: "%d de %B, %H:%M" }}' }, { variable: 'b', liquid: '{{ "now" | date: "%H:%M", "UTC" }}' },
        { variable: 'c', liquid: '{{ "2026-03-01" | date: "%d/%m/%Y" }}' }, { variable: 'd', liquid: '{{ "mañana" | date: "%d" }}' },
      ],
    },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'session_completed' }],
    ends_with: { a: '20 de noviembre, 12:00', b: '15:00', c: '01/03/2026', d: 'mañana' },
  },
  {
    name: 'what is not JSON fails',
    node: { type: 'set', values: [{ variable: 'x', cel: 'n / 0.0' }] },
    variables: { n: 1 },
    turns: [['hola']],
    status: 'failed',
    events: [{ type: 'session_failed', reason: 'expression' }],
  },
  {
    name: 'more than 64 kB of variables fail',
    node: { type: 'set', values: [{ variable: 'y', liquid: '{{ x }}{{ x }}{{ x }}' }], on_error: 'no' },
    variables: { x: 'x'.repeat(25_000) },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'warning', code: 'variables_too_large' }, { type: 'say', node: 'no' }, { type: 'session_completed' }],
  },
  { name: 'a value is either cel or liquid', node: { type: 'set', values: [{ variable: 'x', cel: '1', liquid: '1' }] }, problems: ['schema at nodes.it.values[0]'] },
  { name: 'a variable cannot have the name of a type', node: { type: 'set', values: [{ variable: 'list', cel: '1' }] }, problems: ['schema at nodes.it.values[0].variable'] },
  { name: 'an unknown name in a text is a warning', node: { type: 'set', values: [{ variable: 'x', liquid: '{{ nombree }}' }] }, problems: ['unknown_name at nodes.it.values[0].liquid'] },
];

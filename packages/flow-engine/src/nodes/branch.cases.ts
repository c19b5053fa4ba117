import type { NodeCase } from '../node-case.ts';

export const cases: readonly NodeCase[] = [
  {
    name: 'takes the first condition that is true',
    node: { type: 'branch', cases: [{ when: 'edad >= 18', next: 'yes' }, { when: 'true', next: 'no' }] },
    variables: { edad: 20 },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'say', node: 'yes' }, { type: 'session_completed' }],
  },
  {
    name: 'else, when none is; numbers of variables mix with whole ones',
    node: { type: 'branch', cases: [{ when: 'edad + 1 >= 18 && edad % 2 == 1', next: 'yes' }], else: 'no' },
    variables: { edad: 16 },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'say', node: 'no' }, { type: 'session_completed' }],
  },
  {
    name: 'without else the flow ends',
    node: { type: 'branch', cases: [{ when: 'plain(input.text) == "adios"', next: 'yes' }] },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'session_completed', node: 'it' }],
  },
  {
    name: 'sees contact, input, company, local time; unset variables are null',
    node: {
      type: 'branch',
      cases: [{
        when: 'contact.name == "Ana" && contact.?ciudad.orValue("?") == "?" && plain(input.text).contains("menu") && input.choice_id == null && company.timezone == "America/Santiago"'
          + ' && local.weekday == 5 && local.time == "12:00" && nada == null && vars.nada == null && now > timestamp("2026-01-01T00:00:00Z") && conversation.id == "conv_1"',
        next: 'yes',
      }],
      else: 'no',
    },
    variables: { nada: null },
    contact: { name: 'Ana' },
    turns: [['El MENÚ, por favor']],
    status: 'completed',
    events: [{ type: 'say', node: 'yes' }, { type: 'session_completed' }],
  },
  {
    name: 'an expression that cannot be computed fails the session',
    node: { type: 'branch', cases: [{ when: 'edad > 3', next: 'yes' }] },
    variables: { edad: null },
    turns: [['hola']],
    status: 'failed',
    events: [{ type: 'session_failed', node: 'it', reason: 'expression' }],
  },
  {
    name: 'or goes to on_error',
    node: { type: 'branch', cases: [{ when: 'contact.edad > 3', next: 'yes' }], on_error: 'no' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'warning', code: 'expression' }, { type: 'say', node: 'no' }, { type: 'session_completed' }],
  },
  {
    name: 'a value that turns out not to be true or false is an error',
    node: { type: 'branch', cases: [{ when: 'edad', next: 'yes' }] },
    variables: { edad: 3 },
    turns: [['hola']],
    status: 'failed',
    events: [{ type: 'session_failed', reason: 'expression' }],
  },
  { name: 'a broken expression is refused', node: { type: 'branch', cases: [{ when: '1 +', next: 'yes' }] }, problems: ['cel at nodes.it.cases[0].when'] },
  { name: 'a name nobody sets is refused', node: { type: 'branch', cases: [{ when: 'edat > 3', next: 'yes' }] }, problems: ['unknown_name at nodes.it.cases[0].when'] },
  { name: 'a number is no condition', node: { type: 'branch', cases: [{ when: '1 + 1', next: 'yes' }] }, problems: ['cel at nodes.it.cases[0].when'] },
  { name: 'a broken pattern in matches is refused', node: { type: 'branch', cases: [{ when: 'input.text.matches("(")', next: 'yes' }] }, problems: ['cel at nodes.it.cases[0].when'] },
  {
    name: 'loops three deep are refused',
    node: { type: 'branch', cases: [{ when: 'l.all(a, l.all(b, l.exists(c, a == c)))', next: 'yes' }] },
    variables: { l: [] },
    problems: ['cel at nodes.it.cases[0].when'],
  },
  { name: 'a target that does not exist is refused', node: { type: 'branch', cases: [{ when: 'true', next: 'nowhere' }] }, problems: ['unknown_target at nodes.it.cases[0].next'] },
];

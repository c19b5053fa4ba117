import type { NodeCase } from '../node-case.ts';

export const cases: readonly NodeCase[] = [
  {
    name: 'waits some seconds and goes on when woken',
    node: { type: 'wait', seconds: 30, next: 'yes' },
    turns: [['hola'], [{ kind: 'wake', at: '2026-11-20T15:00:30.000Z' }]],
    status: 'completed',
    events: [{ type: 'waiting', for: 'time', due_at: '2026-11-20T15:00:30.000Z' }, { type: 'say', node: 'yes' }, { type: 'session_completed' }],
  },
  {
    name: 'leaves messages for later; woken too early it sleeps on',
    node: { type: 'wait', seconds: 30, next: 'yes' },
    turns: [['hola', '¿hay alguien?'], [{ kind: 'wake', at: '2026-11-20T15:00:29.000Z' }, '¿hay alguien?']],
    status: 'waiting_time',
    events: [{ type: 'waiting', for: 'time' }, { type: 'input_ignored', kind: 'wake', reason: 'not_due' }, { type: 'waiting', for: 'time' }],
  },
  {
    name: 'a message interrupts it where on_message says so',
    node: { type: 'wait', seconds: 3600, on_message: 'yes', next: 'no' },
    turns: [['hola'], ['aquí estoy']],
    status: 'completed',
    events: [{ type: 'waiting' }, { type: 'say', node: 'yes', content: { type: 'text', text: 'yes: aquí estoy' } }, { type: 'session_completed' }],
  },
  {
    name: 'until a time of a variable',
    node: { type: 'wait', until: '{{ cita }}', next: 'yes' },
    variables: { cita: '2026-11-21T09:00:00-03:00' },
    turns: [['hola']],
    status: 'waiting_time',
    events: [{ type: 'waiting', for: 'time', due_at: '2026-11-21T12:00:00.000Z' }],
  },
  {
    name: 'a time in the past goes on at once',
    node: { type: 'wait', until: '{{ cita }}', next: 'yes' },
    variables: { cita: '2020-01-01T00:00:00Z' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'say', node: 'yes' }, { type: 'session_completed' }],
  },
  {
    name: 'what is no time fails',
    node: { type: 'wait', until: '{{ cita }}', next: 'yes', on_error: 'no' },
    variables: { cita: 'mañana a las 9' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'warning', code: 'bad_time' }, { type: 'say', node: 'no' }, { type: 'session_completed' }],
  },
  { name: 'seconds or until, not both nor neither', node: { type: 'wait' }, problems: ['schema at nodes.it'] },
  { name: 'a fixed time is a warning', node: { type: 'wait', until: '2030-01-01T00:00:00Z' }, problems: ['useless at nodes.it.until'] },
];

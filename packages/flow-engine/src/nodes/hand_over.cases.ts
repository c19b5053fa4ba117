import type { NodeCase } from '../node-case.ts';

export const cases: readonly NodeCase[] = [
  {
    name: 'says a last word, leaves a note and hands over; further messages are for the person',
    node: { type: 'hand_over', reason: 'reclamo', note: 'Pregunta de {{ contact.name }}: {{ input.text }}', content: { type: 'text', text: 'Te atenderá una persona' } },
    contact: { name: 'Ana' },
    turns: [['mi vereda está rota', '¿hola?']],
    status: 'handed_over',
    events: [{ type: 'say', content: { type: 'text', text: 'Te atenderá una persona' } }, { type: 'handed_over', reason: 'reclamo', note: 'Pregunta de Ana: mi vereda está rota' }],
  },
  {
    name: 'without a word or a note; timers that come later are ignored',
    node: { type: 'hand_over' },
    turns: [['hola'], [{ kind: 'timeout' }]],
    status: 'handed_over',
    events: [{ type: 'handed_over', reason: 'requested' }, { type: 'input_ignored', kind: 'timeout', reason: 'ended' }],
  },
  { name: 'broken Liquid in the note is refused', node: { type: 'hand_over', note: '{{ a | }}{% if %}' }, problems: ['liquid at nodes.it.note'] },
  { name: 'a reason is a word', node: { type: 'hand_over', reason: 'Un reclamo' }, problems: ['schema at nodes.it.reason'] },
];

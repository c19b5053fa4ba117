import type { NodeCase } from '../node-case.ts';

export const cases: readonly NodeCase[] = [
  {
    name: 'goes to another node',
    node: { type: 'go_to', to: 'yes' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'say', node: 'yes' }, { type: 'session_completed' }],
  },
  {
    name: 'or ends the flow, leaving what was not used up',
    node: { type: 'go_to', to: 'end' },
    turns: [['hola', 'otra']],
    status: 'completed',
    events: [{ type: 'session_completed', node: 'it' }],
  },
  { name: 'to itself is a loop without end', node: { type: 'go_to', to: 'it' }, problems: ['loop at nodes.it'] },
  { name: 'to nowhere is refused', node: { type: 'go_to', to: 'nowhere' }, problems: ['unknown_target at nodes.it.to'] },
];

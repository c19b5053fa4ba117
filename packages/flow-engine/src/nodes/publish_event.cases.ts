import type { NodeCase } from '../node-case.ts';

export const cases: readonly NodeCase[] = [
  {
    name: 'tells an event with rendered data, values keeping their types, and goes on',
    node: { type: 'publish_event', event: 'cv.received', data: { whatsappId: '{{ contact.phone }}', puntos: '{{ puntos }}', datos: ['{{ input.text }}!', 7, null] }, next: 'yes' },
    variables: { puntos: 12 },
    contact: { phone: '56961234567' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'event_published', event: 'cv.received', data: { whatsappId: '56961234567', puntos: 12, datos: ['hola!', 7, null] } }, { type: 'say', node: 'yes' }, { type: 'session_completed' }],
  },
  {
    name: 'without data it tells that it happened',
    node: { type: 'publish_event', event: 'visita.iniciada' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'event_published', event: 'visita.iniciada', data: {} }, { type: 'session_completed' }],
  },
  {
    name: 'more than 64 Ki characters fail',
    node: { type: 'publish_event', event: 'a.b', data: { x: '{{ x }}{{ x }}{{ x }}' }, on_error: 'no' },
    variables: { x: 'x'.repeat(25_000) },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'warning', code: 'bad_request' }, { type: 'say', node: 'no' }, { type: 'session_completed' }],
  },
  { name: 'a type of our own is not to be used', node: { type: 'publish_event', event: 'message_received' }, problems: ['schema at nodes.it.event'] },
  { name: 'secrets are not told', node: { type: 'publish_event', event: 'a.b', data: { x: ['{{ secrets.TOKEN }}'] } }, problems: ['secret at nodes.it.data.x[0]'] },
];

import type { NodeCase } from '../node-case.ts';

export const cases: readonly NodeCase[] = [
  {
    name: 'asks for the call and goes on with the answer',
    node: {
      type: 'call_http', url: 'https://api.ejemplo.cl/tramites/{{ tramite }}', query: { rut: '{{ rut }}', vacio: '{{ nada }}' },
      headers: { Authorization: 'Bearer {{ secrets.API_TOKEN }}', 'X-Quien': '{{ contact.name }}' }, variable: 'respuesta', next: 'yes', on_error: 'no',
    },
    variables: { tramite: 'patente/../x?', rut: '1-9', nada: null },
    contact: { name: 'Ana' },
    turns: [['hola'], [{ kind: 'call_completed', call_id: 'ses.1', ok: true, status: 200, body: { estado: 'listo' } }]],
    status: 'completed',
    events: [
      {
        type: 'call_requested', call_id: 'ses.1',
        request: {
          method: 'GET', url: 'https://api.ejemplo.cl/tramites/patente%2F..%2Fx%3F?rut=1-9', timeout_ms: 10_000,
          headers: { authorization: ['Bearer ', { secret: 'API_TOKEN', escape: 'none' }], 'x-quien': ['Ana'] },
        },
      },
      { type: 'waiting', for: 'call', call_id: 'ses.1' },
      { type: 'variable_set', name: 'respuesta', value: { ok: true, status: 200, body: { estado: 'listo' }, error: null } },
      { type: 'say', node: 'yes' }, { type: 'session_completed' },
    ],
  },
  {
    name: 'a JSON body keeps the types of whole values, and secrets stay out',
    node: {
      type: 'call_http', method: 'PUT', url: 'https://api.ejemplo.cl/', on_error: 'no', timeout_ms: 500,
      body: { edad: '{{ edad }}', texto: 'Son {{ edad }} años', etiquetas: '{{ etiquetas }}', cita: '"{{ input.text }}"', clave: 'k-{{ secrets.CLAVE }}"', fijo: [1, null, true] },
    },
    variables: { edad: 33, etiquetas: ['a', 'b'] },
    turns: [['di "hola"']],
    status: 'waiting_call',
    events: [
      {
        type: 'call_requested',
        request: {
          method: 'PUT', url: 'https://api.ejemplo.cl/', timeout_ms: 500, headers: { 'content-type': ['application/json'] },
          body: ['{"edad":33,"texto":"Son 33 años","etiquetas":["a","b"],"cita":"\\"di \\"hola\\"\\"","clave":"k-', { secret: 'CLAVE', escape: 'json' }, '\\"","fijo":[1,null,true]}'],
        },
      },
      { type: 'waiting', for: 'call' },
    ],
  },
  {
    name: 'nobody can type a secret',
    node: { type: 'call_http', url: 'https://api.ejemplo.cl/', on_error: 'no', headers: { 'x-a': 'a{{ input.text }}' }, body: '{{ input.text }}{{ secrets.CLAVE }}' },
    turns: [['{{ secrets.OTRA }}\uFDD0OTRA\uFDD1']],
    status: 'waiting_call',
    events: [
      {
        type: 'call_requested',
        request: {
          method: 'POST', url: 'https://api.ejemplo.cl/', timeout_ms: 10_000,
          headers: { 'x-a': ['a{{ secrets.OTRA }}OTRA'], 'content-type': ['text/plain; charset=utf-8'] },
          body: ['{{ secrets.OTRA }}OTRA', { secret: 'CLAVE', escape: 'none' }],
        },
      },
      { type: 'waiting', for: 'call' },
    ],
  },
  {
    name: 'a failed call goes to on_error, and its answer is kept',
    node: { type: 'call_http', url: 'https://api.ejemplo.cl/', variable: 'r', next: 'yes', on_error: 'no' },
    turns: [['hola'], [{ kind: 'call_completed', call_id: 'ses.1', ok: false, status: 503 }]],
    status: 'completed',
    events: [
      { type: 'call_requested' }, { type: 'waiting' }, { type: 'warning', code: 'call_failed', detail: 'the answer had status 503' },
      { type: 'say', node: 'no' }, { type: 'session_completed' },
    ],
    ends_with: { r: { ok: false, status: 503, body: null, error: null } },
  },
  {
    name: 'without on_error the session fails',
    node: { type: 'call_http', url: 'https://api.ejemplo.cl/', next: 'yes' },
    turns: [['hola'], [{ kind: 'call_completed', call_id: 'ses.1', ok: false, error: 'timeout' }]],
    status: 'failed',
    events: [{ type: 'call_requested' }, { type: 'waiting' }, { type: 'session_failed', reason: 'call_failed', detail: 'timeout' }],
  },
  {
    name: 'messages wait until the call has ended; the end of another call is ignored',
    node: { type: 'call_http', url: 'https://api.ejemplo.cl/', next: 'yes', on_error: 'no' },
    turns: [['hola', '¿y?'], [{ kind: 'call_completed', call_id: 'ses.9', ok: true }, { kind: 'timeout' }, '¿y?']],
    status: 'waiting_call',
    events: [
      { type: 'call_requested' }, { type: 'waiting' }, { type: 'input_ignored', kind: 'call_completed', reason: 'not_waiting' },
      { type: 'input_ignored', kind: 'timeout', reason: 'not_waiting' }, { type: 'waiting' },
    ],
  },
  {
    name: 'an answer too large to keep is a failure',
    node: { type: 'call_http', url: 'https://api.ejemplo.cl/', variable: 'r', next: 'yes', on_error: 'no' },
    turns: [['hola'], [{ kind: 'call_completed', call_id: 'ses.1', ok: true, status: 200, body: 'x'.repeat(70_000) }]],
    status: 'completed',
    events: [{ type: 'call_requested' }, { type: 'waiting' }, { type: 'warning', code: 'variables_too_large' }, { type: 'say', node: 'no' }, { type: 'session_completed' }],
  },
  { name: 'a host made of templates is refused', node: { type: 'call_http', url: 'https://{{ host }}/', on_error: 'no' }, variables: { host: '' }, problems: ['schema at nodes.it.url'] },
  { name: 'a secret in the url is refused', node: { type: 'call_http', url: 'https://a.cl/?k={{ secrets.K }}', query: { q: '{{ secrets.K }}' }, on_error: 'no' }, problems: ['secret at nodes.it.url', 'secret at nodes.it.query.q'] },
  { name: 'a secret with a filter is refused', node: { type: 'call_http', url: 'https://a.cl/', headers: { 'x-a': '{{ secrets.K | upcase }}' }, on_error: 'no' }, problems: ['secret at nodes.it.headers.x-a'] },
  { name: 'a call without on_error is a warning', node: { type: 'call_http', url: 'https://a.cl/' }, problems: ['missing at nodes.it'] },
];

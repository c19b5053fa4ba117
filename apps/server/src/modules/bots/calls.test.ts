import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { before, test } from 'node:test';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { defer } from '../../../../../test/harness/defer.ts';
import { startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { botsModule } from './module.ts';
import { secretNames, setSecret } from './index.ts';
import { Desk } from './testing/desk.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let rt: Runtime;
let address: string;
const seen: Seen[] = [];
let release: () => void = () => undefined;
let held = Promise.resolve();
before(async (t) => {
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      const path = request.url?.split('?')[0];
      if (path === '/slow') await held;
      if (path === '/never') return;
      if (path === '/huge') return response.end('x'.repeat(300_000));
      if (path === '/broken') return response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":');
      if (path === '/strange') return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ texto: 'a\0b\ud800' }));
      if (path === '/missing') return response.writeHead(404, { 'content-type': 'application/json; charset=utf-8' }).end('{"motivo":"no existe"}');
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ estado: 'listo' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  defer(t as never, () => {
    server.closeAllConnections();
    server.close();
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ({ rt } = await startAlone(t as never, { modules: [botsModule], config: { callHttpAllow: ['127.0.0.1'] } }));
});

const calling = (call: object): object => ({
  schema: 1, start: 'consulta',
  nodes: {
    consulta: { type: 'call_http', variable: 'r', timeout_ms: 2000, next: 'bien', on_error: 'mal', ...call },
    bien: { type: 'say', content: { type: 'text', text: 'bien {{ r.status }} {{ r.body.estado }}{{ r.body.texto }}' }, next: 'nombre' },
    mal: { type: 'say', content: { type: 'text', text: 'mal {{ r.status }} {{ r.body.motivo }} {{ r.error }}' } },
    nombre: { type: 'ask', prompt: { type: 'text', text: '¿Nombre?' }, variable: 'nombre', next: 'fin' },
    fin: { type: 'say', content: { type: 'text', text: 'Hola, {{ nombre }}.' } },
  },
});
let phones = 56_922_000_000;
async function answered(call: object): Promise<string> {
  const desk = await Desk.open(rt, calling(call));
  const ana = String(phones += 1);
  await desk.write(ana, 'hola');
  await desk.settled();
  assert.equal((await desk.leftovers()).calls, 0);
  return (await desk.said(ana))[0] ?? '';
}

test('a call carries its secret and its key, and the answer goes to the flow', async () => {
  const desk = await Desk.open(rt, calling({ method: 'POST', url: `${address}/tramites`, headers: { authorization: 'Bearer {{ secrets.API_TOKEN }}' }, body: { texto: '{{ input.text }}' } }));
  await desk.inside((tx) => setSecret(rt, tx, 'API_TOKEN', 's3cr3t'));
  assert.deepEqual(await desk.inside((tx) => secretNames(tx)), ['API_TOKEN']);
  const ana = String(phones += 1);
  await desk.write(ana, 'hola {{ secrets.API_TOKEN }}');
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['bien 200 listo', '¿Nombre?']);
  const request = seen.at(-1)!;
  assert.equal(request.headers.authorization, 'Bearer s3cr3t');
  assert.match(String(request.headers['idempotency-key']), /^[0-9a-f-]{36}$/);
  assert.equal(request.body, JSON.stringify({ texto: 'hola {{ secrets.API_TOKEN }}' }), 'what people type is no template');
  const stored = await desk.inside((tx) => tx.query<{ all: string }>(`
    select concat((select string_agg(s::text, '') from {c}.secrets s), (select string_agg(b::text, '') from {c}.bot_sessions b), (select string_agg(m::text, '') from {c}.messages m)) as all`));
  assert.ok(!stored[0]!.all.includes('s3cr3t'), 'the secret stands nowhere in the clear');
  await desk.inside((tx) => setSecret(rt, tx, 'API_TOKEN', null));
  assert.deepEqual(await desk.inside((tx) => secretNames(tx)), []);
  await assert.rejects(desk.inside((tx) => setSecret(rt, tx, 'api token', 'x')), { code: 'bots.secret_name' });
});

test('whatever goes wrong with a call is told to the flow', async () => {
  assert.equal(await answered({ url: `${address}/missing` }), 'mal 404 no existe');
  assert.match(await answered({ url: 'http://127.0.0.1:1/' }), /^mal\s+connect: /);
  assert.match(await answered({ url: 'http://10.0.0.1/' }), /^mal\s+blocked: /, 'addresses inside are refused');
  assert.match(await answered({ url: `${address}/never`, timeout_ms: 100 }), /^mal\s+timeout: /);
  assert.match(await answered({ url: `${address}/huge` }), /^mal\s+too_large: /);
  assert.match(await answered({ url: `${address}/broken` }), /^mal 200\s+the answer says that it is JSON/);
  assert.match(await answered({ url: `${address}/`, headers: { 'x-key': '{{ secrets.NADA }}' } }), /^mal\s+the secret NADA is not set/);
  assert.equal(await answered({ url: `${address}/strange` }), 'bien 200 ab\ufffd', 'what PostgreSQL does not store is left out');
  assert.equal(await answered({ method: 'HEAD', url: `${address}/` }), 'bien 200');
});

test('messages written while a call is under way wait for its end', async () => {
  held = new Promise((resolve) => { release = resolve; });
  const desk = await Desk.open(rt, calling({ url: `${address}/slow` }));
  const ana = String(phones += 1);
  await desk.write(ana, 'hola');
  await waitFor(() => seen.at(-1)?.url === '/slow', { what: 'the call' });
  await desk.write(ana, 'Ana');
  await waitFor(async () => (await rt.db.query<{ n: number }>("select count(*)::integer as n from {s}.lanes where kind = 'turn' and pending > 0 and (due_at <= now() or owner is not null)"))[0]!.n === 0, { what: 'the turn to pass' });
  assert.deepEqual(await desk.said(ana), []);
  release();
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['bien 200 listo', '¿Nombre?', 'Hola, Ana.']);
});

test('a call whose owner was taken for dead is made again with the same key, and answered once', async () => {
  held = new Promise((resolve) => { release = resolve; });
  const desk = await Desk.open(rt, calling({ url: `${address}/slow?again` }));
  const ana = String(phones += 1);
  const requests = (): Seen[] => seen.filter((s) => s.url === '/slow?again');
  await desk.write(ana, 'hola');
  await waitFor(() => requests().length === 1, { what: 'the first call' });
  // What a starting process does with the leases of one that was killed.
  await rt.db.query("update {s}.lanes set owner = null, lease_until = null where kind = 'call'");
  rt.lanes.kick('call');
  await waitFor(() => requests().length === 2, { what: 'the second call' });
  release();
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['bien 200 listo', '¿Nombre?']);
  const keys = requests().map((s) => s.headers['idempotency-key']);
  assert.equal(new Set(keys).size, 1);
});

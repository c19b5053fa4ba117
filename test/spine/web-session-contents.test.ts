import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { ConnectedAccount, Session, SessionDetails } from '@centralita/contracts/api';
import type { Message } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import { loadEncryptionKey } from '@centralita/platform/encryption-key';
import { forgetAccounts } from '../../apps/server/src/modules/accounts/index.ts';
import { deliveryModule } from '../../apps/server/src/modules/delivery/module.ts';
import { bridgeSecret, keepHosts, keeperOf, setSandbox } from '../../apps/server/src/modules/web-sessions/index.ts';
import type { DeepJson } from '../../apps/sandbox/src/testing/harness.ts';
import { defer, type Scope } from '../harness/defer.ts';
import { tempFolder } from '../harness/folders.ts';
import { spawnApp, type App } from '../harness/processes.ts';
import { waitFor } from '../harness/wait.ts';
import { apiClient, type ApiClient } from './api-client.ts';
import { openDesk, type Desk } from './desk.ts';

// What a chat holds, both ways over a Baileys session, as users of the server's API see it.
const LINE = '56911110078';
const ANA = '56961234511';
const FILES = {
  image: { name: 'foto.png', mime: 'image/png', bytes: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64') },
  document: { name: 'bases.pdf', mime: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n') },
  audio: { name: 'tono.mp3', mime: 'audio/mpeg', bytes: Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]) },
  voice: { name: 'nota.ogg', mime: 'audio/ogg', bytes: Buffer.concat([Buffer.from('OggS\0\x02', 'latin1'), Buffer.alloc(22), Buffer.from('OpusHead\x01\x01', 'latin1'), Buffer.alloc(60)]) },
  sticker: { name: 'risa.webp', mime: 'image/webp', bytes: Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAQAcJaQAA3AA/v3AgAA=', 'base64') },
  video: { name: 'saludo.mp4', mime: 'video/mp4', bytes: Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), Buffer.alloc(300)]) },
} as const;
type Kind = keyof typeof FILES;
const KINDS = Object.keys(FILES) as Kind[];
const typeOf = (kind: Kind): string => (kind === 'voice' ? 'audio' : kind);

let desk: Desk;
let api: ApiClient;
let account: string;
let shelf: string;
/** What the server said that calls somebody, about all but the other carrier's number. */
const alarms: string[] = [];

before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { config: { leaseSeconds: 2, leaseHeartbeatSeconds: 0.3, carrierTimeoutSeconds: 1.5, unknownWaitSeconds: 5, callHttpAllow: ['127.0.0.1'] } });
  setSandbox(desk.rt, new URL(desk.sandbox.config.graph_url).origin);
  const stop = keepHosts(desk.rt);
  defer(t as unknown as Scope, stop);
  const { log } = desk.rt;
  for (const level of ['warn', 'error'] as const) (log as unknown as Record<string, unknown>)[level] = (fields: { route?: string }, text: string) => void (fields.route !== desk.route.id && alarms.push(`${level}: ${text} ${JSON.stringify(fields)}`));
  defer(t as unknown as Scope, await deliveryModule.start!(desk.rt));
  api = await apiClient(desk);
  shelf = await shelve(t as unknown as Scope);
});

/** Files at addresses of their own, with the types that a web server tells; those below /plain with none that says anything. */
async function shelve(t: Scope): Promise<string> {
  const server: Server = createServer((request, response) => {
    const file = Object.values(FILES).find((f) => request.url?.endsWith(`/${f.name}`));
    response.writeHead(file ? 200 : 404, { 'content-type': request.url?.startsWith('/plain') ? 'application/octet-stream' : file?.mime ?? 'text/plain' }).end(file?.bytes);
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  defer(t, () => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** One more host, as an operator starts it on another machine. */
async function anotherHost(t: Scope): Promise<App> {
  const { rt } = desk;
  const web = (await desk.sandbox.call('GET', '/sandbox/whatsapp-web')).body;
  const folder = tempFolder(t);
  writeFileSync(join(folder, 'ca.pem'), String(web['ca_pem']));
  return spawnApp(t, { script: 'apps/bridge/src/main.ts', ready: { line: /"listening":true/ }, env: {
    BRIDGE_ENGINE: 'baileys', BRIDGE_PORT: '0', BRIDGE_SECRET: bridgeSecret(rt), DATABASE_URL: rt.databaseUrl, CENTRALITA_DATA: folder, CENTRALITA_ENCRYPTION_KEY: loadEncryptionKey(rt.config).bytes.toString('base64'),
    LEASE_SECONDS: '2', LEASE_HEARTBEAT_SECONDS: '0.3', CARRIER_TIMEOUT_SECONDS: '1.5', LOG_LEVEL: 'warn',
    BRIDGE_WHATSAPP_URL: String(web['url']), BRIDGE_WHATSAPP_ROOT: String(web['root_key']), NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  } });
}

const session = (): Promise<SessionDetails> => api.get<SessionDetails>(`/api/accounts/${account}/session`);
const routeState = async (): Promise<string> => (await api.get<{ routes: { state: string }[] }>(`/api/accounts/${account}/routes`)).routes[0]!.state;
/** Nobody is called: nothing in the log, no news of the route, and both health pages have nothing against it. */
async function isAtEase(state: 'up' | 'waiting'): Promise<void> {
  await waitFor(async () => await routeState() === state, { what: `the number to be ${state}` });
  const health = async <T>(path: string): Promise<T> => (await (await fetch(desk.url + path, { headers: { 'x-api-key': api.key } })).json()) as T;
  const { accounts } = await health<{ accounts: { account_id: string; state: string }[] }>('/health/whatsapp');
  const { status } = await health<{ status: string }>('/health/whatsapp-node');
  assert.deepEqual([accounts.find((a) => a.account_id === account)?.state, status, await news(), alarms], [state, 'ok', [], []]);
}
const news = async (): Promise<object[]> => desk.database.db.query("select told from {s}.route_health h join {s}.routes r on r.id = h.route_id where told <> '[]' and r.account_id = $1", [decodeId('acc', account)]);

const send = async (body: Record<string, unknown>): Promise<string> => {
  const sent = await api.post<{ whatsapp_message_id: string; status: string }>('/api/messages', { account_id: account, phone_number: ANA, ...body });
  assert.ok(sent.status < 300, sent.text);
  return sent.json.whatsapp_message_id;
};
const phoneHas = (what: string, fits: (m: DeepJson) => boolean): Promise<DeepJson> => waitFor(async () => (await desk.sandbox.messages(ANA)).find(fits), { what: `the phone to have ${what}`, timeout: 15_000 });
const fileOn = async (m: DeepJson): Promise<Buffer> => {
  const answer = await fetch(`${desk.sandbox.origin}/sandbox/media/${m['media']!['id']}`);
  return Buffer.from(await answer.arrayBuffer());
};
const write = async (message: Record<string, unknown>): Promise<string> => {
  const { status, body } = await desk.sandbox.write(ANA, { to: LINE, ...message });
  assert.equal(status, 201, JSON.stringify(body));
  return String(body['id']);
};
const conversation = async (): Promise<string> => (await api.get<{ conversations: { id: string; account_id: string }[] }>('/api/conversations')).conversations.find((c) => c.account_id === account)!.id;
const thread = async (): Promise<Message[]> => (await api.get<{ messages: Message[] }>(`/api/conversations/${await conversation()}/messages?limit=100`)).messages;
const shown = (what: string, fits: (m: Message) => boolean): Promise<Message> => waitFor(async () => (await thread()).find(fits), { what: `the conversation to show ${what}`, timeout: 15_000 });
const say = async (content: Record<string, unknown>, quote?: string): Promise<Message> => {
  const sent = await api.post<Message>(`/api/conversations/${await conversation()}/messages`, { content, client_id: `c-${Math.random().toString(36).slice(2)}`, ...(quote && { quote_message_id: quote }) });
  assert.equal(sent.status, 201, sent.text);
  return sent.json;
};

test('a number is linked by a code that is typed on its phone', async () => {
  const made = await api.post<ConnectedAccount>('/api/accounts', { account_type: 'baileys', name: 'Ventas', credentials: { sandbox: 'true' } });
  assert.equal(made.status, 201, made.text);
  account = made.json.id;
  await desk.database.db.query('update {s}.routes set settings = settings || $2 where account_id = $1', [decodeId('acc', account), { pace: 'plain', limits: { perSecond: 50, inFlight: 8, pair: { burst: 50, everyMs: 10 } } }]);
  forgetAccounts(desk.rt);
  await isAtEase('waiting');
  const started = await api.post<Session>(`/api/accounts/${account}/session`, { phone_number: `+${LINE}` });
  assert.deepEqual([started.status, started.json.status], [200, 'waiting_qr'], started.text);
  const now = await session();
  assert.match(now.pairing_code ?? '', /^[A-Z0-9]{8}$/);
  assert.ok(Date.parse(now.pairing_expires_at!) > Date.now());
  assert.equal((await api.get<{ code: string }>(`/api/accounts/${account}/session/qr`)).code, now.pairing_code);
  const reader = await apiClient(desk, 'read_only');
  assert.equal((await reader.get<SessionDetails>(`/api/accounts/${account}/session`)).pairing_code, null, 'only for who may link phones');
  await isAtEase('waiting');
  const wrong = await desk.sandbox.call('POST', `/sandbox/phones/${LINE}/linked-devices`, { code: 'AAAA1111' });
  assert.ok(wrong.status >= 400);
  const typed = await desk.sandbox.call('POST', `/sandbox/phones/${LINE}/linked-devices`, { code: now.pairing_code });
  assert.equal(typed.status, 201, JSON.stringify(typed.body));
  const linked = await waitFor(async () => {
    const seen = await session();
    return seen.status === 'active' ? seen : undefined;
  }, { what: 'the session to be active', timeout: 20_000 });
  assert.deepEqual([linked.phone_number, linked.pairing_code, linked.qr], [`+${LINE}`, null, null]);
  await isAtEase('up');
});

test('files sent by id and by address are on the phone as they are', async () => {
  for (const kind of KINDS) {
    const { name, mime, bytes } = FILES[kind];
    const uploaded = await fetch(`${desk.url}/api/media?filename=${name}`, { method: 'POST', headers: { 'x-api-key': api.key, 'content-type': mime }, body: new Uint8Array(bytes) });
    const { id } = await uploaded.json() as { id: string };
    const ways: [string, Record<string, unknown>][] = [
      ['by id', kind === 'voice' ? { content: { media: { id, voice: true } } } : { media_id: id }],
      ['by address', kind === 'voice' ? { content: { media: { link: `${shelf}/${name}`, voice: true } } } : { media_url: `${shelf}/${name}` }],
      ['by an address that does not tell its type', kind === 'voice' ? { content: { media: { link: `${shelf}/plain/${name}`, voice: true } } } : { media_url: `${shelf}/plain/${name}` }],
    ];
    for (const [way, how] of ways) {
      const remote = await send({ type: typeOf(kind), ...how, ...(['image', 'video', 'document'].includes(kind) && typeof how['content'] !== 'object' && { content: `${kind} ${way}` }) });
      const got = await phoneHas(`the ${kind} ${way}`, (m) => m['id'] === remote);
      const type = typeOf(kind);
      assert.equal(got['type'], type, `${kind} ${way}`);
      assert.ok((await fileOn(got)).equals(bytes), `${kind} ${way}: its bytes`);
      const said = got['payload']?.[type] ?? got[type]!;
      assert.equal(String(said['mime_type']).split(';')[0], mime, `${kind} ${way}: its type`);
      if (type === 'audio') assert.equal(said['voice'] ?? false, kind === 'voice', `${kind} ${way}`);
      if (kind === 'document') assert.equal(said['filename'], name, `${kind} ${way}: its name`);
      if (kind === 'image' || kind === 'video') assert.equal(said['caption'], `${kind} ${way}`);
    }
  }
});

test('files from the phone are media of the conversation, fetched and to be downloaded', async () => {
  for (const kind of KINDS) {
    const { name, mime, bytes } = FILES[kind];
    const type = typeOf(kind);
    const id = await write({ type, [type]: {
      data: bytes.toString('base64'), mime_type: mime, ...(kind === 'document' && { filename: name, caption: 'las bases' }), ...(kind === 'voice' && { voice: true }), ...(kind === 'image' && { caption: 'mi calle' }),
    } });
    const got = await shown(`the ${kind}`, (m) => m.whatsapp_message_id === id && (m.content['media'] as { state?: string }).state === 'ready');
    const media = got.content['media'] as { id: string; mime_type: string; filename?: string; voice?: boolean };
    assert.deepEqual([got.content.type, media.mime_type.split(';')[0], media.voice === true], [type, mime, kind === 'voice']);
    if (kind === 'document') assert.deepEqual([media.filename, got.text], [name, 'las bases']);
    if (kind === 'image') assert.equal(got.text, 'mi calle');
    const answer = await fetch(`${desk.url}/api/media/${media.id}?download=1`, { headers: { 'x-api-key': api.key } });
    assert.deepEqual([answer.status, answer.headers.get('content-type')?.split(';')[0]], [200, mime]);
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(bytes), `${kind}: its bytes`);
  }
});

test('quotes, reactions, places and cards go both ways', async () => {
  const asked = await write({ type: 'text', text: '¿Dónde queda?' });
  const question = await shown('the question', (m) => m.whatsapp_message_id === asked);
  const reply = await say({ type: 'text', text: 'En la plaza' }, question.id);
  const onPhone = await phoneHas('our answer', (m) => m['text'] === 'En la plaza');
  assert.equal(onPhone['payload']?.['context']?.['message_id'] ?? onPhone['context']?.['message_id'] ?? onPhone['context']?.['id'], asked);
  await write({ type: 'text', text: '¿Cuál?', context: { message_id: String(onPhone['id']) } });
  assert.equal((await shown('what quotes us', (m) => m.text === '¿Cuál?')).quote?.message_id, reply.id);

  await say({ type: 'reaction', message_id: question.id, emoji: '👍' });
  await phoneHas('our reaction', (m) => JSON.stringify(m).includes('👍'));
  await write({ type: 'reaction', reaction: { message_id: String(onPhone['id']), emoji: '🙏' } });
  await shown('the reaction of the phone', (m) => m.id === reply.id && m.reactions.some((r) => r.by === 'contact' && r.emoji === '🙏'));
  await write({ type: 'reaction', reaction: { message_id: String(onPhone['id']), emoji: '' } });
  await shown('the reaction taken back', (m) => m.id === reply.id && m.reactions.length === 0);

  const place = { latitude: -33.4372, longitude: -70.6506, name: 'Plaza de Armas', address: 'Santiago' };
  const placed = await send({ type: 'location', content: place });
  const { payload } = await phoneHas('the place', (m) => m['id'] === placed);
  assert.deepEqual(payload?.['location'], place);
  const there = await write({ type: 'location', location: place });
  const { content } = await shown('the place', (m) => m.whatsapp_message_id === there);
  assert.deepEqual({ ...content }, { type: 'location', ...place });

  const sent = await send({ type: 'contacts', content: { contacts: [{ name: 'Luis Rojas', phones: [{ phone: '+56961234512', wa_id: '56961234512' }], emails: [] }] } });
  const card = (await phoneHas('the card', (m) => m['id'] === sent))['payload']?.['contacts']?.[0] as unknown as { name: { formatted_name: string }; phones: { wa_id: string }[] };
  assert.deepEqual([card.name.formatted_name, card.phones[0]?.wa_id], ['Luis Rojas', '56961234512']);
  const given = await write({ type: 'contacts', contacts: [{ name: { formatted_name: 'Bea Soto' }, phones: [{ phone: '+56961234513', wa_id: '56961234513' }] }] });
  const [bea] = (await shown('the card', (m) => m.whatsapp_message_id === given)).content['contacts'] as { name: string; phones: { wa_id?: string }[] }[];
  assert.deepEqual([bea?.name, bea?.phones[0]?.wa_id], ['Bea Soto', '56961234513']);
});

test('moved to another host it goes on with the same login; what is said meanwhile arrives once, on both sides', async (t) => {
  const alone = await api.post(`/api/accounts/${account}/session/move`, {});
  assert.deepEqual([alone.status, alone.json['code']], [422, 'web-sessions.no_target']);
  const other = await anotherHost(t as unknown as Scope);
  const target = await waitFor(async () => (await session()).hosts.find((h) => h.pid === other.pid), { what: 'the other host in the list' });
  const linked = async (): Promise<DeepJson> => (await desk.sandbox.call('GET', `/sandbox/phones/${LINE}/linked-devices`)).body;
  const device = async (): Promise<unknown[]> => ((await linked())['devices'] as unknown as DeepJson[]).map((d) => [d['jid'], d['linked_at']]);
  const login = await device();

  const ours = Array.from({ length: 12 }, (_, n) => `nuestro ${n}`);
  const theirs = ours.map((text) => text.replace('nuestro', 'suyo'));
  const talking = Promise.all([
    (async () => {
      for (const content of ours) assert.equal((await api.post('/api/messages', { account_id: account, phone_number: ANA, content }, { prefer: 'respond-async' })).status, 202);
    })(),
    (async () => {
      for (const text of theirs) await write({ type: 'text', text });
    })(),
  ]);
  const answer = await api.post<Session>(`/api/accounts/${account}/session/move`, { host_id: target.id });
  assert.deepEqual([answer.status, answer.json.status], [200, 'active'], answer.text);
  await talking;
  const now = await session();
  assert.deepEqual([now.host?.id, now.phone_number], [target.id, `+${LINE}`]);
  assert.deepEqual(await device(), login, 'no new link');

  const counts = (texts: readonly string[], all: readonly string[]): number[] => texts.map((text) => all.filter((t) => t === text).length);
  const once = ours.map(() => 1);
  const onPhone = async (): Promise<string[]> => (await desk.sandbox.messages(ANA)).map((m) => String(m['text']));
  await waitFor(async () => counts(ours, await onPhone()).every((n) => n > 0), { what: 'the phone to have all of ours', timeout: 20_000 });
  await waitFor(async () => counts(theirs, (await thread()).map((m) => m.text)).every((n) => n > 0), { what: 'the conversation to show all of theirs', timeout: 20_000 });
  assert.deepEqual([counts(ours, await onPhone()), counts(theirs, (await thread()).map((m) => m.text))], [once, once]);

  // Its machine is shut down: the server's own host has it back.
  assert.equal(await other.stop(), 0);
  await waitFor(async () => {
    const { status, host } = await session();
    return status === 'active' && keeperOf(desk.rt)!.pids.includes(host?.pid ?? 0);
  }, { what: 'the session to be back', timeout: 15_000 });
  await phoneHas('a word after it', await send({ content: 'de vuelta' }).then((id) => (m: DeepJson) => m['id'] === id));
});

test('unlinked by an operator it is at ease; unlinked on its phone, somebody is told', async () => {
  // While it was moved it may have been told to be away for a moment, and to be back.
  await waitFor(async () => (await news()).length === 0, { what: 'nothing against the number' });
  assert.ok(!alarms.some((a) => a.startsWith('error')), alarms.join('\n'));
  alarms.length = 0;
  assert.equal((await api.call('DELETE', `/api/accounts/${account}/session`)).status, 204);
  await isAtEase('waiting');
  const link = async (): Promise<void> => {
    const started = await api.post<Session>(`/api/accounts/${account}/session`, {});
    assert.equal(started.json.status, 'waiting_qr', started.text);
    await isWaiting();
    assert.equal((await desk.sandbox.call('POST', `/sandbox/phones/${LINE}/linked-devices`, { qr: (await session()).qr })).status, 201);
    await waitFor(async () => await routeState() === 'up', { what: 'the number to work', timeout: 20_000 });
  };
  const isWaiting = (): Promise<unknown> => waitFor(async () => await routeState() === 'waiting', { what: 'the number to wait' });
  await link();
  assert.deepEqual([alarms, await news()], [[], []]);

  const { devices } = (await desk.sandbox.call('GET', `/sandbox/phones/${LINE}/linked-devices`)).body as unknown as { devices: { device: number }[] };
  await desk.sandbox.call('DELETE', `/sandbox/phones/${LINE}/linked-devices/${devices[0]!.device}`);
  await waitFor(async () => await routeState() === 'down', { what: 'the number to be out', timeout: 15_000 });
  const { routes } = await api.get<{ routes: { problems: { code: string; detail: string }[] }[] }>(`/api/accounts/${account}/routes`);
  assert.deepEqual(routes[0]!.problems.map((p) => p.code), ['session']);
  await waitFor(async () => (await news()).length === 1, { what: 'somebody to be told' });
  assert.deepEqual(alarms.map((a) => a.split(':')[0]), ['warn', 'error'], alarms.join('\n'));
  // Linked anew it works, and that is told too.
  await link();
  await waitFor(async () => (await news()).length === 0, { what: 'the good news' });
});

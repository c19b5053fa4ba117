import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ConnectedAccount, Session, SessionDetails, SessionList } from '@centralita/contracts/api';
import { decodeId, encodeId } from '@centralita/kernel';
import { assignBot, publishFlow } from '../../apps/server/src/modules/bots/index.ts';
import { addConfigured, forgetAccounts, readProviderConfig } from '../../apps/server/src/modules/accounts/index.ts';
import { createCompany } from '../../apps/server/src/modules/companies/index.ts';
import { keepHosts, keeperOf, setSandbox } from '../../apps/server/src/modules/web-sessions/index.ts';
import { SECRET, startForeignBridge } from '../../apps/server/src/providers/bridge/testing/foreign-bridge.ts';
import { defer, type Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { apiClient, type ApiClient } from './api-client.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

// A phone of the sandbox is linked with the real library in a real host: server, bridge and sandbox are processes of their own.
const LINE = '56911110077';
const ANA = '56961234501';
const LUIS = '56961234502';

let desk: Desk;
let api: ApiClient;
let account: string;

before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { config: { leaseSeconds: 2, leaseHeartbeatSeconds: 0.3, carrierTimeoutSeconds: 1.5, unknownWaitSeconds: 5 } });
  setSandbox(desk.rt, new URL(desk.sandbox.config.graph_url).origin);
  const stop = keepHosts(desk.rt);
  defer(t as unknown as Scope, stop);
  api = await apiClient(desk);
});

const session = (): Promise<SessionDetails> => api.get<SessionDetails>(`/api/accounts/${account}/session`);
const active = (what: string): Promise<SessionDetails> => waitFor(async () => {
  const now = await session();
  return now.status === 'active' && now.host ? now : undefined;
}, { what, timeout: 20_000 });
const received = async (phone: string): Promise<{ id: string; text: string; status: string }[]> =>
  ((await desk.sandbox.messages(phone)) as unknown as { id: string; text: string; status: string; direction: string; business?: string }[]).filter((m) => m.direction === 'in');
const say = async (text: string, phone = ANA): Promise<string> => {
  const sent = await api.post<{ id: string }>('/api/messages', { account_id: account, phone_number: phone, content: text }, { prefer: 'respond-async' });
  assert.ok(sent.status < 300, sent.text);
  return sent.json.id;
};
const status = async (id: string): Promise<string> => (await api.get<{ status: string }>(`/api/messages/${id}`)).status;

test('a line of type baileys needs no credentials; its session waits for a phone, and one click links it', async () => {
  const made = await api.post<ConnectedAccount>('/api/accounts', { account_type: 'baileys', name: 'Ventas', credentials: { sandbox: 'true' } });
  assert.equal(made.status, 201, made.text);
  account = made.json.id;
  const { bot_id } = await desk.inCompany((tx) => publishFlow(desk.rt, tx, { bot: { name: 'Municipal' }, flow: MUNICIPALITY }));
  await desk.inCompany((tx) => assignBot(desk.rt, tx, decodeId('acc', account)!, bot_id));
  await desk.database.db.query('update {s}.routes set settings = settings || $2 where account_id = $1', [decodeId('acc', account), { pace: 'plain', limits: { perSecond: 50, inFlight: 8, pair: { burst: 50, everyMs: 10 } } }]);
  forgetAccounts(desk.rt);

  const started = await api.post<Session>(`/api/accounts/${account}/session`, {});
  assert.deepEqual([started.status, started.json.status], [200, 'waiting_qr'], started.text);
  const shown = await session();
  assert.match(shown.qr_picture ?? '', /^data:image\/png;base64,/);
  assert.ok(shown.host && shown.engine === 'baileys' && shown.sandbox && shown.log.length > 0);
  const reader = await apiClient(desk, 'read_only');
  const seen = await reader.get<SessionDetails>(`/api/accounts/${account}/session`);
  assert.deepEqual([seen.status, seen.qr, seen.qr_picture], ['waiting_qr', null, null], 'who may not link phones sees no code');
  const png = await api.sdk.GET('/api/accounts/{id}/session/qr', { params: { path: { id: account } }, headers: { accept: 'image/png' }, parseAs: 'arrayBuffer' });
  assert.equal(png.response.headers.get('content-type'), 'image/png');
  // The phones' page offers to scan what is shown.
  const offered = await waitFor(async () => {
    const { codes } = (await desk.sandbox.call('GET', '/sandbox/whatsapp-web/codes')).body as unknown as { codes: { qr: string; name?: string }[] };
    return codes.find((c) => c.qr === shown.qr);
  }, { what: 'the code to be offered to the phones' });
  assert.match(offered.name!, /^baileys_/);

  const scanned = await desk.sandbox.call('POST', `/sandbox/phones/${LINE}/linked-devices`, { qr: shown.qr });
  assert.equal(scanned.status, 201, JSON.stringify(scanned.body));
  const linked = await active('the session to be active');
  assert.deepEqual([linked.phone_number, linked.qr], [`+${LINE}`, null]);
  await waitFor(async () => (await api.get<{ phone_number: string }>(`/api/accounts/${account}`)).phone_number === `+${LINE}`, { what: 'the line to know its number' });
  const health = await (await fetch(`${desk.url}/health/whatsapp-node`)).json() as { status: string; sessions: object; hosts: object[] };
  assert.deepEqual([health.status, health.sessions, health.hosts.length], ['ok', { active: 1 }, 1]);
});

test('a person writes, the bot answers, and the ticks turn blue', async () => {
  await desk.sandbox.write(ANA, { to: LINE, type: 'text', text: 'hola' });
  const answers = await waitFor(async () => {
    const all = await received(ANA);
    return all.some((m) => /1\. /.test(m.text)) ? all : undefined;
  }, { what: 'the menu of the bot', timeout: 15_000 });
  assert.ok(answers.length > 0);
  const id = await say('un aviso');
  await waitFor(async () => await status(id) === 'read', { what: 'the blue ticks', timeout: 15_000 });
  const [contact] = await desk.inCompany((tx) => tx.query<{ kinds: string[] }>("select array_agg(b.kind order by b.kind) as kinds from {c}.addresses a join {c}.addresses b using (contact_id) where a.value = $1 group by contact_id", [ANA]));
  assert.deepEqual(contact!.kinds, ['lid', 'phone'], 'number and LID are one person');
});

test('a host that is killed loses nothing and doubles nothing: another one goes on with the same login', async () => {
  const pid = (await session()).host!.pid;
  assert.deepEqual(keeperOf(desk.rt)!.pids, [pid]);
  process.kill(pid, 'SIGKILL');
  const meanwhile = await say('dicho mientras nadie estaba');
  await desk.sandbox.write(LUIS, { to: LINE, type: 'text', text: 'escrito mientras nadie estaba' });
  const again = await waitFor(async () => {
    const now = await session();
    return now.status === 'active' && now.host && now.host.pid !== pid ? now : undefined;
  }, { what: 'another host to have it active', timeout: 15_000 });
  assert.equal(again.phone_number, `+${LINE}`);
  await waitFor(async () => ['delivered', 'read'].includes(await status(meanwhile)), { what: 'what waited to arrive', timeout: 20_000 });
  assert.equal((await received(ANA)).filter((m) => m.text === 'dicho mientras nadie estaba').length, 1);
  await waitFor(async () => (await desk.inCompany((tx) => tx.query("select 1 as n from {c}.messages where text = 'escrito mientras nadie estaba'"))).length === 1, { what: 'what was written meanwhile' });
});

test('groups: made, listed, written to; what a member answers says in which group', async () => {
  const made = await api.post<{ group: { id: string; members: unknown[] } }>(`/api/accounts/${account}/groups`, { subject: 'Vecinos', members: [`+${ANA}`, `+${LUIS}`] });
  assert.equal(made.status, 201, made.text);
  const { id } = made.json.group;
  const { groups } = await api.get<{ groups: { id: string }[] }>(`/api/accounts/${account}/groups`);
  assert.deepEqual(groups.map((g) => g.id), [id]);
  const sent = await api.post<{ whatsapp_message_id: string; status: string }>(`/api/accounts/${account}/groups/${id}/messages`, { content: 'Hola a todos' });
  assert.deepEqual([sent.status, sent.json.status], [201, 'sent'], sent.text);
  const changed = await api.call<{ group: { subject: string } }>('PATCH', `/api/accounts/${account}/groups/${id}`, { body: { subject: 'Vecinos del pasaje' } });
  assert.equal(changed.json.group.subject, 'Vecinos del pasaje', changed.text);
  const members = await api.post<{ members: { done: boolean }[] }>(`/api/accounts/${account}/groups/${id}/members`, { action: 'promote', members: [ANA] });
  assert.deepEqual(members.json.members.map((m) => m.done), [true], members.text);
  assert.equal((await api.get<{ group: { members: { phone?: string; role: string }[] } }>(`/api/accounts/${account}/groups/${id}`)).group.members.find((m) => m.phone === ANA)?.role, 'admin');
  const found = await api.post<{ numbers: { exists: boolean }[] }>(`/api/accounts/${account}/numbers/lookup`, { phone_numbers: [`+${ANA}`] });
  assert.deepEqual(found.json.numbers.map((n) => n.exists), [true], found.text);
});

test('restarted it connects anew with the same login; the screens hear of it', async () => {
  const told: { type: string; session?: { status: string; session_id: string } }[] = [];
  (desk.rt as { realtime: object }).realtime = { watched: () => true, emit: (_company: string, events: typeof told) => void told.push(...events) };
  const restarted = await api.post<Session>(`/api/accounts/${account}/session/restart`, {});
  assert.equal(restarted.status, 200, restarted.text);
  await active('it to be active again');
  await waitFor(() => told.some((e) => e.type === 'session.updated' && e.session?.status === 'active'), { what: 'the screens to hear' });
  assert.ok(!JSON.stringify(told).includes('qr'), 'codes are no news for everybody');
  const list = await api.get<SessionList>('/api/sessions');
  assert.deepEqual([list.sessions.length, list.sessions[0]!.status, list.hosts.length], [1, 'active', 1]);
});

test('a host that sleeps while it sends: the message is sent again under its own id, and the phone has it once', async () => {
  const { pid } = (await session()).host!;
  process.kill(pid, 'SIGSTOP');
  const id = await say('una sola vez').finally(() => undefined);
  const attempts = async (): Promise<{ class: string | null }[]> => desk.inCompany((tx) => tx.query("select error->>'class' as class from {c}.attempts where message_id = $1 order by number", [decodeId('msg', id)]));
  await waitFor(async () => (await attempts()).some((a) => a.class === 'unknown'), { what: 'a doubtful try', timeout: 15_000 }).finally(() => process.kill(pid, 'SIGCONT'));
  await waitFor(async () => ['sent', 'delivered', 'read'].includes(await status(id)), { what: 'the message to leave', timeout: 20_000 });
  await active('the session to be active');
  assert.equal((await received(ANA)).filter((m) => m.text === 'una sola vez').length, 1);
});

test('stopped, its messages wait; started again without a phone, they leave', async () => {
  const stopped = await api.post<Session>(`/api/accounts/${account}/session/stop`, {});
  assert.deepEqual([stopped.status, stopped.json.status], [200, 'closed'], stopped.text);
  const id = await say('espera a que vuelva');
  const health = await waitFor(async () => {
    const { routes } = await api.get<{ routes: { state: string; breaker: { reason: string } | null }[] }>(`/api/accounts/${account}/routes`);
    return routes[0]!.breaker ?? undefined;
  }, { what: 'the route to be out', timeout: 15_000 });
  assert.match(health.reason, /session_closed/);
  const started = await api.post<Session>(`/api/accounts/${account}/session`, {});
  assert.deepEqual([started.status, started.json.status], [200, 'active'], started.text);
  await waitFor(async () => ['delivered', 'read'].includes(await status(id)), { what: 'what waited to arrive', timeout: 15_000 });
});

test('logged out, the phone is unlinked and the login is gone', async () => {
  assert.equal((await api.call('DELETE', `/api/accounts/${account}/session`)).status, 204);
  const now = await waitFor(async () => {
    const seen = await session();
    return seen.status === 'logged_out' ? seen : undefined;
  }, { what: 'the session to be logged out' });
  assert.equal(now.wanted, false);
  const { devices } = (await desk.sandbox.call('GET', `/sandbox/phones/${LINE}/linked-devices`)).body as unknown as { devices: unknown[] };
  assert.equal(devices.length, 0);
  assert.equal((await desk.database.db.query('select 1 as n from {s}.web_session_keys')).length, 0);
  const actions = new Set((await desk.database.db.query<{ action: string }>('select action from {s}.audit')).map((r) => r.action));
  for (const action of ['session.started', 'session.restarted', 'session.stopped', 'session.logged_out', 'group.created']) assert.ok(actions.has(action), action);
});

test('bridges that others wrote: the document’s webhook finds its line by session and secret, and is answered over its own API', async (t) => {
  const bridge = await startForeignBridge();
  defer(t as unknown as Scope, () => bridge.stop());
  await bridge.point(`${desk.url}/webhook/venom`);
  const { bridge_url, session_name } = bridge.credentials as { bridge_url: string; session_name: string };
  // Two companies with a session of the same name: the secret tells whose it is.
  const other = await createCompany(desk.rt, { slug: 'otra', name: 'Otra' });
  const line = async (companyId: string, secret: string): Promise<string> => (await addConfigured(desk.rt, {
    companyId, name: 'Venom', base: 'demo', config: readProviderConfig(desk.rt, { primary: { type: 'venom', bridge_url, session_name, auto_reconnect: true, secret } }),
  }))[0]!.accountId;
  await line(other.id, 'the-secret-of-the-other');
  const mine = await line(desk.company.id, SECRET);
  const post = (secret: string): Promise<Response> => fetch(`${desk.url}/webhook/venom`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` }, body: JSON.stringify({ from: ANA, message: 'Quiero comprar', session_name }),
  });
  assert.equal((await post('guessed')).status, 401);
  const answer = await post(SECRET);
  assert.deepEqual([answer.status, await answer.json()], [200, { status: 'received' }]);
  await waitFor(async () => (await desk.inCompany((tx) => tx.query("select 1 as n from {c}.messages where text = 'Quiero comprar'"))).length === 1, { what: 'the message in its company' });
  const sent = await api.post<{ status: string }>('/api/messages', { account_id: encodeId('acc', mine), phone_number: ANA, content: 'Con gusto' });
  assert.deepEqual([sent.status, sent.json.status, (await bridge.accepted()).length], [201, 'sent', 1], sent.text);
});

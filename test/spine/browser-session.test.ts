import assert from 'node:assert/strict';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { ConnectedAccount, Session, SessionDetails } from '@centralita/contracts/api';
import { decodeId } from '@centralita/kernel';
import { pageOf } from '../../apps/bridge/src/engines/browser/testing/context.ts';
import { servePage } from '../../apps/bridge/src/engines/browser/testing/serve-page.ts';
import { keepHosts, keeperOf } from '../../apps/server/src/modules/web-sessions/index.ts';
import { defer, type Scope } from '../harness/defer.ts';
import { tempFolder } from '../harness/folders.ts';
import { tools } from '../harness/tools.ts';
import { waitFor } from '../harness/wait.ts';
import { apiClient, type ApiClient } from './api-client.ts';
import { openDesk, type Desk } from './desk.ts';

// A number on a browser engine, as users of the server's API see it: a host that the server starts, the library, Chromium, a stand-in page.
interface World {
  sent: { id: string; to: string; body?: string }[];
  scan(me: string, name: string): void;
  receive(message: object): void;
  ack(id: string, ack: number): void;
}
const ANA = '56911112222';
const found = tools.chromium.find();
const skip = found === undefined && process.env['CI'] !== 'true' ? `needs ${tools.chromium.packages}` : false;
let desk: Desk;
let api: ApiClient;
let account: string;

before(async (t) => {
  if (skip) return;
  const scope = t as unknown as Scope;
  const before = process.env['BRIDGE_CHROMIUM'];
  defer(scope, () => {
    if (before === undefined) delete process.env['BRIDGE_CHROMIUM'];
    else process.env['BRIDGE_CHROMIUM'] = before;
  });
  desk = await openDesk(scope);
  defer(scope, keepHosts(desk.rt));
  api = await apiClient(desk);
});

/** What an operator sets for the hosts of this machine: here a Chromium that takes our page for WhatsApp Web. */
async function setChromium(t: Scope, page: string): Promise<void> {
  const chromium = join(tempFolder(t), 'chromium');
  const more = (await servePage(t, page)).map((argument) => `'${argument}'`).join(' ');
  writeFileSync(chromium, `#!/bin/sh\nexec '${found}' "$@" ${more}\n`);
  chmodSync(chromium, 0o755);
  process.env['BRIDGE_CHROMIUM'] = chromium;
}

const session = (): Promise<SessionDetails> => api.get<SessionDetails>(`/api/accounts/${account}/session`);
const reached = (status: string): Promise<SessionDetails> => waitFor(async () => {
  const now = await session();
  return now.status === status && (status !== 'waiting_qr' || now.qr !== null) ? now : undefined;
}, { what: `the session to be ${status}`, timeout: 60_000 });

for (const { engine, type, page: file, code } of [
  { engine: 'wwebjs', type: 'wwebjs', page: 'page/9.9.9.html', code: /^ref-1,/ },
  { engine: 'wppconnect', type: 'venom', page: 'wa-js/index.html', code: /^code-1$/ },
]) {
  test(`${engine} through the server: linked by its QR code, texts both ways, closed and started from its stored login, logged out`, { skip, timeout: 180_000 }, async (t) => {
    await setChromium(t as unknown as Scope, file);
    const made = await api.post<ConnectedAccount>('/api/accounts', { account_type: type, name: engine });
    assert.equal(made.status, 201, made.text);
    account = made.json.id;
    assert.equal((await api.post<Session>(`/api/accounts/${account}/session`, {})).status, 200);
    const waiting = await reached('waiting_qr');
    assert.match(waiting.qr!, code);
    assert.match(waiting.qr_picture ?? '', /^data:image\/png;base64,/);
    assert.deepEqual([waiting.engine, waiting.sandbox, keeperOf(desk.rt)!.pids.includes(waiting.host!.pid)], [engine, false, true]);
    const folder = join(desk.rt.config.data, 'web-sessions', decodeId('sess', waiting.session_id)!);
    const page = await pageOf(t as unknown as Scope, folder);
    await page.evaluate(() => (globalThis as unknown as { world: World }).world.scan('56900001234@c.us', 'Ventas'));
    const linked = await reached('active');
    assert.deepEqual([linked.phone_number, linked.profile_name, linked.qr], ['+56900001234', 'Ventas', null]);

    await page.evaluate((from) => (globalThis as unknown as { world: World }).world.receive({ id: 'IN1', from, body: 'Buenas', notifyName: 'Ana' }), `${ANA}@c.us`);
    const conversation = await waitFor(async () => (await api.get<{ conversations: { account_id: string; contact_phone: string; contact_name: string; last_message: { text: string } }[] }>('/api/conversations')).conversations.find((c) => c.account_id === account), { what: 'the conversation' });
    assert.deepEqual([conversation.contact_phone, conversation.contact_name, conversation.last_message.text], [`+${ANA}`, 'Ana', 'Buenas']);
    const sent = await api.post<{ id: string; whatsapp_message_id: string; status: string }>('/api/messages', { account_id: account, phone_number: ANA, content: 'Con gusto' });
    assert.equal(sent.status, 201, sent.text);
    const written = await page.evaluate(() => (globalThis as unknown as { world: World }).world.sent);
    assert.deepEqual(written.map((m) => [m.id, m.to, m.body]), [[sent.json.whatsapp_message_id, `${ANA}@c.us`, 'Con gusto']]);
    await page.evaluate((key) => (globalThis as unknown as { world: World }).world.ack(key, 3), `true_${ANA}@c.us_${sent.json.whatsapp_message_id}`);
    await waitFor(async () => (await api.get<{ status: string }>(`/api/messages/${sent.json.id}`)).status === 'read', { what: 'the blue ticks' });

    assert.equal((await api.post<Session>(`/api/accounts/${account}/session/stop`, {})).json.status, 'closed');
    assert.ok((await session()).profile_stored_at, 'its login is stored');
    // As on another machine, which has nothing of it.
    rmSync(folder, { recursive: true, force: true });
    await api.post<Session>(`/api/accounts/${account}/session`, {});
    const again = await reached('active');
    assert.deepEqual([again.phone_number, again.log.some((line) => line.code === 'profile_restored')], ['+56900001234', true]);
    assert.equal((await api.call('DELETE', `/api/accounts/${account}/session`)).status, 204);
    assert.equal((await reached('logged_out')).profile_stored_at, null);
  });
}

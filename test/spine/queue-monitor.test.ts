import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { answer } from '@centralita/sdk';
import type { QueueCleared, QueuePaused, QueueStats, SentMessage } from '@centralita/contracts/api';
import { createApiKey, createCompany } from '../../apps/server/src/modules/companies/index.ts';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { ApiClient, apiClient } from './api-client.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

// Queues as operators see them: counted, paused, cleared, replayed; one's own company only.
const PHONE = '56977000001';
let desk: Desk;
let api: ApiClient;
let platform: ApiClient;
let stranger: ApiClient;
const stats = (who = api): Promise<QueueStats> => who.get('/api/queue-monitor/stats');
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { bot: MUNICIPALITY });
  api = await apiClient(desk);
  platform = new ApiClient(desk.url, await desk.rt.db.shared((tx) => createApiKey(tx, desk.company.id, { name: 'installer', role: 'administrator', platform: true })));
  stranger = await apiClient(desk, 'administrator', (await createCompany(desk.rt, { slug: 'otra', name: 'Otra' })).id);
  await desk.write(PHONE, 'hola');
  await desk.hears(PHONE, 1);
  await desk.settled();
});

test('figures have the document’s shape and count what was done', async () => {
  const now = await waitFor(async () => {
    const s = await stats();
    return s.webhook.completed > 0 && s.message.completed > 0 && s.webhook.waiting === 0 ? s : undefined;
  }, { what: 'the counts' });
  assert.deepEqual([now.webhook.waiting, now.webhook.failed, now.message.waiting, now.message.failed, now.scope], [0, 0, 0, 0, 'company']);
  assert.ok(now.deduplication.cachedMessages >= 1);
  assert.deepEqual((await stats(stranger)).webhook, { waiting: 0, active: 0, completed: 0, failed: 0, delayed: 0 });
  assert.equal((await stats(platform)).scope, 'platform');
});

test('paused, everything is taken and kept, nothing is processed; a stranger’s pause changes nothing', async () => {
  await stranger.post('/api/queue-monitor/pause', {});
  const before = (await desk.heard(PHONE)).length;
  const sent = await api.post<SentMessage>('/api/messages', { phone_number: PHONE, content: 'antes' });
  assert.equal(sent.status, 201);
  await desk.hears(PHONE, before + 1);
  await desk.settled();

  const paused = await api.post<QueuePaused>('/api/queue-monitor/pause', { queue: 'message' });
  assert.deepEqual([paused.status, paused.json.paused], [200, { webhook: false, message: true }]);
  const held = await api.post<SentMessage>('/api/messages', { phone_number: PHONE, content: 'espera' }, { prefer: 'respond-async' });
  const more = await api.post<SentMessage>('/api/messages', { phone_number: PHONE, content: 'y detrás' }, { prefer: 'respond-async' });
  await api.post('/api/queue-monitor/pause', { queue: 'webhook' });
  await desk.write(PHONE, 'hola otra vez');
  const now = await waitFor(async () => {
    const s = await stats();
    return s.webhook.waiting > 0 && s.message.waiting === 2 ? s : undefined;
  }, { what: 'the work that waits' });
  assert.deepEqual(now.paused, { webhook: true, message: true });
  assert.equal((await api.get<{ status: string }>(`/api/messages/${held.json.id}`)).status, 'queued');

  const resumed = await api.call<QueuePaused>('POST', '/api/queue-monitor/resume');
  assert.deepEqual([resumed.status, resumed.json.paused], [200, { webhook: false, message: false }]);
  await waitFor(async () => {
    const heard = await desk.heard(PHONE);
    return heard.indexOf('espera') > 0 && heard.indexOf('y detrás') === heard.indexOf('espera') + 1;
  }, { what: 'both, in order' });
  assert.ok(more.json.id);
  await desk.settled();
});

test('cleared work is set aside and can be replayed; only with confirmation', async () => {
  await api.post('/api/queue-monitor/pause', {});
  const ids = [];
  for (const text of ['uno', 'dos', 'tres']) ids.push((await api.post<SentMessage>('/api/messages', { phone_number: PHONE, content: text }, { prefer: 'respond-async' })).json.id);
  await desk.write(PHONE, 'se guarda');
  await waitFor(async () => (await stats()).webhook.waiting > 0, { what: 'the webhook' });
  assert.equal((await api.call('DELETE', '/api/queue-monitor/clear')).status, 400);
  assert.equal((await stats()).message.waiting, 3);
  assert.deepEqual((await stranger.call<QueueCleared>('DELETE', '/api/queue-monitor/clear?confirm=true')).json.cleared, { webhook: 0, message: 0 });
  const cleared = await api.call<QueueCleared>('DELETE', '/api/queue-monitor/clear?confirm=true');
  assert.equal(cleared.json.cleared.message, 3, cleared.text);
  assert.ok(cleared.json.cleared.webhook >= 1);
  const now = await stats();
  assert.deepEqual([now.message.waiting, now.message.failed, now.webhook.waiting, now.webhook.failed], [0, 3, 0, cleared.json.cleared.webhook]);
  assert.equal((await api.get<{ status: string }>(`/api/messages/${ids[0]}`)).status, 'failed');
  await api.call('POST', '/api/queue-monitor/resume');

  const { dead_letters: letters } = await answer(api.sdk.GET('/api/operations/dead-letters'));
  assert.deepEqual(new Set(letters.map((l) => l.message_id)), new Set(ids));
  for (const { id } of letters.toReversed()) assert.ok((await answer(api.sdk.POST('/api/operations/dead-letters/{id}/replay', { params: { path: { id } } }))).replayed);
  await waitFor(async () => (await desk.heard(PHONE)).slice(-4).join().includes('uno,dos,tres'), { what: 'the messages after all' });
  const { failed_webhooks: failed } = await answer(api.sdk.GET('/api/operations/failed-webhooks'));
  for (const { id } of failed.toReversed()) assert.ok((await answer(api.sdk.POST('/api/operations/failed-webhooks/{id}/replay', { params: { path: { id } } }))).replayed);
  await waitFor(async () => (await api.get<{ messages: unknown[] }>('/api/messages?q=se%20guarda')).messages.length === 1, { what: 'the kept message' });
});

test('who may not operate reaches nothing; the platform only by who runs it', async () => {
  const agent = await apiClient(desk, 'agent');
  assert.equal((await agent.call('GET', '/api/queue-monitor/stats')).status, 403);
  assert.equal((await agent.call('DELETE', '/api/queue-monitor/clear?confirm=true')).status, 403);
  assert.equal((await api.call('GET', '/api/queue-monitor/stats?scope=platform')).status, 403);
  const all = await platform.post<QueuePaused>('/api/queue-monitor/pause', { queue: 'message' });
  assert.deepEqual([all.json.scope, (await stats()).paused.message, (await stats(stranger)).paused.message], ['platform', true, true]);
  await platform.post('/api/queue-monitor/resume', {});
  assert.equal((await stats()).paused.message, false);
  const log = await desk.database.db.query<{ action: string }>("select distinct action from {s}.audit where target_kind = 'queue' order by action");
  assert.deepEqual(log.map((l) => l.action), ['queue.cleared', 'queue.paused', 'queue.resumed']);
});

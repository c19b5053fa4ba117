import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { encodeId } from '@centralita/kernel';
import { addConfigured, readProviderConfig } from '../../apps/server/src/modules/accounts/index.ts';
import { createApiKey, createUser } from '../../apps/server/src/modules/companies/index.ts';
import { waitFor } from '../harness/wait.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

const ANA = '56961110001';
let desk: Desk;
let operator: string;
before(async (t) => {
  desk = await openDesk(t as never, { bot: MUNICIPALITY });
  operator = await desk.rt.db.shared((tx) => createApiKey(tx, desk.company.id, { name: 'operator', role: 'administrator', platform: true }));
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: { code: string; id: string; queued: number; rejected: number; results: { status: string; error: { code: string } | null }[]; messages: { id: string; status: string; can_resend: boolean; error: { code: string } | null }[]; troubled: number };
}
async function api(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(desk.url + path, { method, headers: { 'x-api-key': operator, prefer: 'respond-async', ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
  return { status: answer.status, headers: answer.headers, json: await answer.json() as Answer['json'] };
}
const limit = async (limits: object): Promise<void> => {
  assert.equal((await api('PATCH', `/api/platform/companies/${encodeId('co', desk.company.id)}`, { limits })).status, 200);
};
const sent = async (): Promise<number> => (await desk.heard(ANA)).length;

test('over the day’s limit nothing leaves by any way, and agents see what the bot could not say', async () => {
  await limit({ messages_per_day: 1 });
  await desk.write(ANA, 'hola');
  await desk.hears(ANA, 1);
  await desk.write(ANA, 'hola de nuevo');
  const { id: conversation } = (await waitFor(async () => (await desk.inCompany((tx) => tx.query<{ id: string; troubled: number }>('select id, troubled from {c}.conversations where troubled > 0')))[0], { what: 'the conversation to be troubled' }));
  const thread = await api('GET', `/api/conversations/${encodeId('conv', conversation)}/messages`);
  const failed = thread.json.messages.find((m) => m.status === 'failed')!;
  assert.deepEqual([failed.error?.code, failed.can_resend], ['limit_messages', true]);
  const refused = [
    await api('POST', '/api/messages', { phone_number: ANA, content: 'uno' }),
    await api('POST', `/api/messages/${failed.id}/resend`, {}),
    await api('POST', '/api/bots/send', { bot_id: (await desk.inCompany((tx) => tx.query<{ id: string }>('select id from {c}.bots')))[0]!.id, to: ANA, message: 'dos' }),
    await api('POST', `/api/conversations/${encodeId('conv', conversation)}/messages`, { content: { type: 'text', text: 'tres' }, client_id: 'tres-de-hoy' }),
  ];
  for (const answer of refused) {
    assert.deepEqual([answer.status, answer.json.code], [429, 'companies.limit_messages']);
    assert.deepEqual([answer.headers.get('ratelimit-limit'), answer.headers.get('ratelimit-remaining')], ['1', '0']);
    assert.ok(Number(answer.headers.get('retry-after')) > 0 && answer.headers.get('ratelimit-reset') === answer.headers.get('retry-after'));
  }
  assert.equal(await sent(), 1);
  const { id, used } = { id: failed.id, used: (await api('GET', '/api/company')).json as unknown as { usage: { messages_out_today: number } } };
  assert.equal(used.usage.messages_out_today, 1, 'what was not sent is not counted');
  await limit({ messages_per_day: used.usage.messages_out_today + 2 });
  assert.equal((await api('POST', `/api/messages/${id}/resend`, {})).status, 201);
  const bulk = await api('POST', '/api/messages/bulk', { messages: ['a', 'b', 'c'].map((content) => ({ phone_number: ANA, content })) });
  assert.deepEqual([bulk.status, bulk.json.queued, bulk.json.rejected], [202, 1, 2]);
  assert.deepEqual(bulk.json.results.map((r) => r.error?.code ?? r.status), ['queued', 'companies.limit_messages', 'companies.limit_messages']);
  await desk.hears(ANA, 3);
  await limit({ messages_per_day: null });
});

test('accounts and users are counted wherever one more is made', async () => {
  await limit({ accounts: 1, users: 1 });
  const config = readProviderConfig(desk.rt, { type: 'meta', phone_number_id: '777', waba_id: '1', access_token: 'x', app_secret: 'y' });
  await assert.rejects(addConfigured(desk.rt, { companyId: desk.company.id, name: 'Otra', config, base: 'otra' }), { code: 'companies.limit_accounts' });
  const refused = await api('POST', '/api/accounts', { account_type: 'meta', phone_number_id: '778', waba_id: '1', api_key: 'x', webhook_secret: 'y', verify: false, subscribe: false });
  assert.deepEqual([refused.status, refused.json.code], [429, 'companies.limit_accounts']);
  await limit({ accounts: 2 });
  const both = await Promise.allSettled(['779', '780'].map((phone_number_id) => addConfigured(desk.rt, {
    companyId: desk.company.id, name: 'Otra', base: 'otra', config: readProviderConfig(desk.rt, { type: 'meta', phone_number_id, waba_id: '1', access_token: 'x', app_secret: 'y' }),
  })));
  assert.deepEqual(both.map((r) => r.status).sort(), ['fulfilled', 'rejected']);
  assert.equal((await api('POST', '/api/users', { email: 'una@example.test', name: 'Una', role: 'agent' })).status, 201);
  assert.equal((await api('POST', '/api/users', { email: 'dos@example.test', name: 'Dos', role: 'agent' })).json.code, 'companies.limit_users');
  await assert.rejects(createUser(desk.rt, desk.company.id, { email: 'tres@example.test', name: 'Tres', role: 'agent', password: 'una clave larga' }), { code: 'companies.limit_users' });
});

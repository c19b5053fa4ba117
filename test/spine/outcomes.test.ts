import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import { addConfigured, forgetAccounts, readProviderConfig, routesOfAccount } from '../../apps/server/src/modules/accounts/index.ts';
import { say } from '../../apps/server/src/modules/conversations/index.ts';
import { lookAfterRoutes } from '../../apps/server/src/modules/delivery/look-after-routes.ts';
import { carrierContext } from '../../apps/server/src/modules/accounts/index.ts';
import { defer, type Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { openDesk, type Desk } from './desk.ts';

// A send that was never answered, at carriers that can be asked: no webhook tells what became of it here.
type Settings = Readonly<Record<string, string>>;
const CARRIERS = [
  { type: 'twilio', number: { carrier: 'twilio' }, config: (n: Settings) => ({ account_sid: n['account_sid']!, auth_token: n['auth_token']!, from: n['from']!, api_url: n['api_url']! }), phone: '56976000001', knows: true },
  { type: 'evolution', number: { carrier: 'evolution', instance: 'preguntas' }, config: (n: Settings) => ({ server_url: n['api_url']!, api_key: n['api_key']!, instance: n['instance']! }), phone: '56976000002', knows: false },
] as const;
const WAIT_SECONDS = 4;
let desk: Desk;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { config: { unknownWaitSeconds: WAIT_SECONDS, carrierTimeoutSeconds: 1 } });
  defer(t as unknown as Scope, await lookAfterRoutes(desk.rt));
});
beforeEach(() => desk.sandbox.call('DELETE', '/sandbox/faults'));

for (const carrier of CARRIERS) {
  describe(carrier.type, () => {
    let number: Settings;
    before(async () => {
      number = (await desk.sandbox.call('POST', '/sandbox/numbers', carrier.number)).body as unknown as Settings;
      const [added] = await addConfigured(desk.rt, { companyId: desk.company.id, name: carrier.type, base: 'demo', config: readProviderConfig(desk.rt, { type: carrier.type, ...carrier.config(number) }) });
      await desk.database.db.query('update {s}.routes set settings = settings || $2 where id = $1', [added!.routeId, { pace: 'plain', limits: { perSecond: 50, inFlight: 8, pair: { burst: 50, everyMs: 10 } } }]);
      forgetAccounts(desk.rt);
      const [route] = await routesOfAccount(desk.rt, added!.accountId);
      const url = desk.url + added!.webhookPath;
      const { setup } = desk.rt.providers[carrier.type]!;
      if (setup!.subscribe) assert.equal(await setup!.subscribe(await carrierContext(desk.rt, route!), { url, secrets: added!.secrets }), undefined);
      else await desk.sandbox.call('POST', `/sandbox/numbers/${number['phone_number_id']}/webhook`, { url });
      if (carrier.type === 'twilio') Object.assign(desk.rt.config, { publicUrl: desk.url });
      await desk.sandbox.write(carrier.phone, { to: number['phone_number_id'], type: 'text', text: 'hola' });
      await desk.settled();
    });
    const fault = async (kind: string): Promise<void> => {
      await desk.sandbox.call('POST', '/sandbox/faults', { kind: 'silence', drop: true, phone_number_id: number['phone_number_id'] });
      await desk.sandbox.call('POST', '/sandbox/faults', { kind, times: 1, phone_number_id: number['phone_number_id'] });
    };
    const send = async (...texts: string[]): Promise<string[]> => {
      const row = await waitFor(async () => (await desk.inCompany((tx) => tx.query<{ id: string }>(
        "select c.id from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1", [carrier.phone])))[0], { what: 'the conversation' });
      return (await desk.inCompany((tx) => say(desk.rt, tx, texts.map((text) => ({ conversation_id: row.id, author: { kind: 'api' as const }, content: { type: 'text' as const, text } }))))).map((s) => s.message_id);
    };
    const rowOf = async (id: string): Promise<{ status: string; remote_id: string | null; error: { code: string } | null }> =>
      (await desk.inCompany((tx) => tx.query<{ status: string; remote_id: string | null; error: { code: string } | null }>('select status, remote_id, error from {c}.deliveries where message_id = $1', [id])))[0]!;
    const becomes = (id: string, ...statuses: string[]): Promise<unknown> => waitFor(async () => statuses.includes((await rowOf(id)).status), { what: `the message to be ${statuses.join(' or ')}` });
    const times = async (text: string): Promise<number> => (await desk.heard(carrier.phone)).filter((heard) => heard === text).length;

    test('it has the message: settled under its id before the wait ends, and the one said before is not mistaken for it', async () => {
      const [before] = await send('¿Está?');
      await becomes(before!, 'accepted', 'sent', 'delivered', 'read');
      await fault('timeout');
      const began = Date.now();
      const [id] = await send('¿Está?');
      await becomes(id!, 'accepted');
      assert.ok(Date.now() - began < (1 + WAIT_SECONDS) * 1000, 'before the wait ended');
      const [one, two] = [await rowOf(before!), await rowOf(id!)];
      assert.ok(one.remote_id !== null && two.remote_id !== null && one.remote_id !== two.remote_id);
      assert.equal(await times('¿Está?'), 2);
    });

    test(carrier.knows ? 'it certainly has not: sent again, and there once' : 'it does not list it, which proves nothing: not sent again, shown to a person', async () => {
      await fault('drop_before_accept');
      const [id] = await send('Se perdió en el camino');
      await becomes(id!, ...(carrier.knows ? ['accepted'] : ['unknown']));
      assert.equal(await times('Se perdió en el camino'), carrier.knows ? 1 : 0);
      const outcomes = await desk.inCompany((tx) => tx.query<{ outcome: string }>('select outcome from {c}.attempts where message_id = $1 order by number', [id]));
      assert.deepEqual(outcomes.map((o) => o.outcome), carrier.knows ? ['retry', 'accepted'] : ['unknown']);
    });
  });
}

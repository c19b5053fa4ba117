import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { before, describe, test } from 'node:test';
import { encodeId, newUuid } from '@centralita/kernel';
import type { DeepJson } from '../../apps/sandbox/src/testing/harness.ts';
import { addConfigured, readProviderConfig, routesOfAccount, type Route } from '../../apps/server/src/modules/accounts/index.ts';
import { carrierContext, forgetAccounts } from '../../apps/server/src/modules/accounts/index.ts';
import { assignBot, publishFlow } from '../../apps/server/src/modules/bots/index.ts';
import { say } from '../../apps/server/src/modules/conversations/index.ts';
import type { OutboundContent } from '../../apps/server/src/messaging/index.ts';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

// A line of each carrier, made from its configuration alone, on one server and one sandbox: what a person meets is the same.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
type Settings = Readonly<Record<string, string>>;
interface Carrier {
  readonly type: 'official' | 'twilio' | 'evolution';
  readonly number: Settings;
  config(number: Settings): Settings;
  /** A webhook of somebody who does not know the secret: as headers and body. */
  forged(line: Line): { body: string; headers: Record<string, string> };
  /** Options are numbered lines. */
  readonly numbered: boolean;
  readonly phone: string;
}
interface Line {
  readonly number: Settings;
  readonly route: Route;
  readonly path: string;
}

const CARRIERS: readonly Carrier[] = [
  {
    type: 'official', number: { carrier: '360dialog' }, numbered: false, phone: '56971110001',
    config: (n) => ({ api_key: n['api_key']!, api_url: n['api_url']!, phone_number: `+${n['business_number']}` }),
    forged: ({ number }) => ({ headers: { 'content-type': 'application/json', authorization: 'Bearer guessed' }, body: JSON.stringify({ entry: [{ id: '1', changes: [{ field: 'messages', value: { metadata: { display_phone_number: number['business_number'], phone_number_id: '1' }, messages: [{ from: '56900000000', id: 'wamid.forged', type: 'text', text: { body: 'falso' } }] } }] }] }) }),
  },
  {
    type: 'twilio', number: { carrier: 'twilio' }, numbered: false, phone: '56971110002',
    config: (n) => ({ account_sid: n['account_sid']!, auth_token: n['auth_token']!, from: n['from']!, api_url: n['api_url']! }),
    forged: ({ number }) => ({ headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'Z3Vlc3NlZA==' }, body: String(new URLSearchParams({ MessageSid: 'SM1', SmsStatus: 'received', AccountSid: number['account_sid']!, From: 'whatsapp:+56900000000', To: number['from']!, Body: 'falso' })) }),
  },
  {
    type: 'evolution', number: { carrier: 'evolution', instance: 'linea-1' }, numbered: true, phone: '56971110003',
    config: (n) => ({ server_url: n['api_url']!, api_key: n['api_key']!, instance: n['instance']!, allowed_ips: '127.0.0.1' }),
    forged: () => ({ headers: { 'content-type': 'application/json', 'x-centralita-secret': 'guessed' }, body: JSON.stringify({ event: 'messages.upsert', instance: 'linea-1', data: { key: { remoteJid: '56900000000@s.whatsapp.net', fromMe: false, id: 'F' }, message: { conversation: 'falso' }, messageTimestamp: 1 } }) }),
  },
];

let desk: Desk;
const lines = new Map<string, Line>();
before(async (t) => {
  // Twilio signs the address it calls: the server must know its own.
  const port = await freePort();
  desk = await openDesk(t as unknown as Scope, { port, config: { publicUrl: `http://127.0.0.1:${port}`, unknownWaitSeconds: 5, carrierTimeoutSeconds: 2 } });
  const { bot_id } = await desk.inCompany((tx) => publishFlow(desk.rt, tx, { bot: { name: 'Municipal' }, flow: MUNICIPALITY }));
  for (const carrier of CARRIERS) lines.set(carrier.type, await connect(carrier, bot_id));
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function connect(carrier: Carrier, bot: string): Promise<Line> {
  const number = (await desk.sandbox.call('POST', '/sandbox/numbers', carrier.number)).body as unknown as Settings;
  const config = readProviderConfig(desk.rt, { type: carrier.type, ...carrier.config(number) });
  const [added] = await addConfigured(desk.rt, { companyId: desk.company.id, name: carrier.type, config, base: 'demo' });
  await desk.inCompany((tx) => assignBot(desk.rt, tx, added!.accountId, bot));
  // People write slowly; a test need not.
  await desk.database.db.query('update {s}.routes set settings = settings || $2 where id = $1', [added!.routeId, { pace: 'plain', limits: { perSecond: 50, inFlight: 8, pair: { burst: 50, everyMs: 10 } } }]);
  forgetAccounts(desk.rt);
  const [route] = await routesOfAccount(desk.rt, added!.accountId);
  const url = desk.url + added!.webhookPath;
  const setup = desk.rt.providers[carrier.type]!.setup!;
  if (setup.subscribe) assert.equal(await setup.subscribe(await carrierContext(desk.rt, route!), { url, secrets: added!.secrets }), undefined);
  else await desk.sandbox.call('POST', `/sandbox/numbers/${number['phone_number_id']}/webhook`, { url });
  return { number, route: route!, path: added!.webhookPath };
}

for (const carrier of CARRIERS) {
  describe(carrier.type, () => {
    const { phone } = carrier;
    const line = (): Line => lines.get(carrier.type)!;
    const write = async (message: Record<string, unknown>): Promise<void> => {
      const sent = await desk.sandbox.write(phone, { to: line().number['phone_number_id'], ...message });
      assert.equal(sent.status, 201, JSON.stringify(sent.body));
    };
    const conversation = (): Promise<string> => waitFor(async () => (await desk.inCompany((tx) => tx.query<{ id: string }>(
      "select c.id from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1", [phone])))[0]?.id, { what: 'the conversation' });
    const timeline = async (): Promise<{ direction: string; text: string; content: { type: string; id?: string }; extra: { typed?: string } | null; media: string | null }[]> => desk.inCompany(async (tx) => tx.query(
      `select m.direction, m.text, m.content, m.extra, f.state as media from {c}.messages m left join {c}.media f on f.message_id = m.id where m.conversation_id = $1 order by m.id`, [await conversation()]));
    const status = async (id: string): Promise<{ status: string; remote_id: string | null }> => (await desk.inCompany((tx) => tx.query<{ status: string; remote_id: string | null }>('select status, remote_id from {c}.deliveries where message_id = $1', [id])))[0]!;
    const send = async (content: OutboundContent): Promise<string> => {
      const id = await conversation();
      return (await desk.inCompany((tx) => say(desk.rt, tx, [{ conversation_id: id, author: { kind: 'api' }, content }])))[0]!.message_id;
    };
    const received = async (): Promise<DeepJson[]> => (await desk.sandbox.messages(phone)).filter((m) => m['direction'] === 'in');

    test('a person writes, the bot offers its menu, and the choice is understood', async () => {
      await write({ type: 'text', text: 'hola ñ' });
      const [menu] = await desk.hears(phone, 1).then((all) => all.filter((m) => /1\. |interactive/.test(`${String(m['text'])} ${String(m['type'])}`)));
      assert.ok(menu, JSON.stringify(await desk.heard(phone)));
      assert.equal(String(menu['type']), carrier.numbered ? 'text' : 'interactive');
      const before = (await received()).length;
      const said = (await timeline()).find((m) => m.content.type === 'list' || m.content.type === 'buttons')!.content as unknown as { type: 'list' | 'buttons'; buttons?: { id: string; title: string }[]; sections?: { rows: { id: string; title: string }[] }[] };
      const [first] = said.buttons ?? said.sections![0]!.rows;
      await write(carrier.numbered ? { type: 'text', text: '1' } : said.type === 'buttons' ? { type: 'button_reply', button_reply: { id: first!.id } } : { type: 'list_reply', list_reply: { id: first!.id } });
      await waitFor(async () => (await received()).length > before, { what: 'the answer to the choice' });
      const reply = (await timeline()).findLast((m) => m.direction === 'in')!;
      assert.deepEqual([reply.content.type, reply.content.id, reply.text, reply.extra?.typed], [said.type === 'buttons' ? 'button_reply' : 'list_reply', first!.id, first!.title, carrier.numbered ? '1' : undefined]);
    });

    if (carrier.type === 'twilio') {
      test('options are made once at the carrier, anew when they are gone, and are numbered lines where they cannot be made', async () => {
        const { number } = line();
        const call = (path: string, method = 'GET'): Promise<Response> => fetch(`${number['api_url']}/v1/Content${path}`, { method, headers: { authorization: `Basic ${Buffer.from(`${number['account_sid']}:${number['auth_token']}`).toString('base64')}` } });
        // Of this question only: the bot's own options may just be made.
        const ask = async (): Promise<{ sid: string }[]> => (await (await call('')).json() as { contents: { sid: string; types: unknown }[] }).contents.filter((c) => JSON.stringify(c.types).includes('¿Cuándo?'));
        const options = (body: string): OutboundContent => ({ type: 'buttons', body, header: 'Turno', buttons: [{ id: 'a', title: 'Mañana' }, { id: 'b', title: 'Tarde' }] });
        const shown = async (content: OutboundContent): Promise<DeepJson> => {
          const id = await send(content);
          const { remote_id } = await waitFor(async () => {
            const row = await status(id);
            return row.remote_id === null ? undefined : row;
          }, { what: 'the carrier to take it' });
          return waitFor(async () => (await received()).find((m) => m['id'] as unknown === remote_id), { what: 'the message on the phone' });
        };
        for (const _ of [1, 2]) assert.equal(String((await shown(options('¿Cuándo?')))['type']), 'interactive');
        const made = await ask();
        assert.equal(made.length, 1, 'the same options twice are one content');
        assert.equal((await call(`/${made[0]!.sid}`, 'DELETE')).status, 204);
        assert.equal(String((await shown(options('¿Cuándo?')))['type']), 'interactive', 'made anew');
        const literal = await shown(options('Escriba {{1}} tal cual'));
        assert.deepEqual([String(literal['type']), String(literal['text'])], ['text', '*Turno*\n\nEscriba {{1}} tal cual\n\n1. Mañana\n2. Tarde']);
      });
    }

    test('statuses of what was sent climb to read', async () => {
      const id = await send({ type: 'text', text: 'un aviso' });
      await waitFor(async () => (await status(id)).status === 'read', { what: 'the blue ticks' });
    });

    test('files go both ways', async () => {
      await write({ type: 'image', image: { data: PNG.toString('base64'), caption: 'foto' } });
      await waitFor(async () => (await timeline()).some((m) => m.content.type === 'image' && m.media === 'ready'), { what: 'the picture' });
      const media = newUuid();
      const blob = `${desk.company.schema}/${encodeId('med', media)}`;
      await desk.rt.blobs.put(blob, PNG);
      await desk.inCompany((tx) => tx.query("insert into {c}.media (id, state, mime_type, filename, size, sha256, blob) values ($1, 'ready', 'image/png', 'a.png', $2, '', $3)", [media, PNG.length, blob]));
      const id = await send({ type: 'image', media: { id: encodeId('med', media) }, caption: 'de vuelta' });
      await waitFor(async () => (await status(id)).status === 'read', { what: 'the picture to be read' });
      const shown = (await received()).find((m) => m['text'] === 'de vuelta')!;
      assert.equal(String(shown['type']), 'image');
      assert.equal(Number(shown['media']?.['size']), PNG.length);
    });

    test('an answer lost on the way is not sent twice', async () => {
      await desk.sandbox.call('POST', '/sandbox/faults', { kind: 'accept_then_drop', phone_number_id: line().number['phone_number_id'] });
      const id = await send({ type: 'text', text: 'una sola vez' });
      // Who gives our own id back settles it; who does not leaves it to a person.
      await waitFor(async () => (carrier.type === 'evolution' ? ['unknown'] : ['delivered', 'read']).includes((await status(id)).status), { what: 'the outcome' });
      assert.equal((await received()).filter((m) => m['text'] === 'una sola vez').length, 1);
    });

    test('forged webhooks are refused and leave no trace', async () => {
      const { body, headers } = carrier.forged(line());
      assert.equal((await fetch(desk.url + line().path, { method: 'POST', body, headers })).status, 401);
      assert.equal((await fetch(desk.url + line().path, { method: 'POST', body, headers: { 'content-type': headers['content-type']! } })).status, 401);
      await desk.settled();
      const [row] = await desk.inCompany((tx) => tx.query<{ n: number }>("select count(*)::integer as n from {c}.messages where text = 'falso'"));
      assert.equal(row!.n, 0);
    });
  });
}

/** Twilio's own library, with nothing but its base address changed, and its webhooks as that library judges them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { after, before, test } from 'node:test';
import twilio from 'twilio';
import { eventually, PNG, startSandbox } from '../testing/harness.ts';
import type { Running } from '../testing/harness.ts';

const PHONE = '56911110052';
interface Hook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly params: Record<string, string>;
}

let sandbox: Running;
let client: twilio.Twilio;
let number: Record<string, string>;
let server: Server;
let url = '';
const hooks: Hook[] = [];

before(async () => {
  sandbox = await startSandbox();
  number = (await sandbox.call('POST', '/sandbox/numbers', { carrier: 'twilio', name: 'Muni' })).body as unknown as Record<string, string>;
  client = twilio(number['account_sid'], number['auth_token']);
  for (const domain of [client.api, client.content, client.messaging]) domain.baseUrl = number['api_url'] ?? '';
  server = createServer((request, reply) => {
    if (request.method === 'GET') {
      reply.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
      return;
    }
    let raw = '';
    request.on('data', (chunk) => {
      raw += String(chunk);
    });
    request.on('end', () => {
      hooks.push({ path: request.url ?? '', headers: request.headers, params: Object.fromEntries(new URLSearchParams(raw)) });
      reply.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  await sandbox.call('POST', `/sandbox/numbers/${number['phone_number_id']}/webhook`, { url: `${url}/in` });
  await sandbox.write(PHONE, { to: number['business_number'], type: 'text', text: 'hola ñ & =' });
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await sandbox.stop();
});

const from = (): string => number['from'] ?? '';
const hook = (fits: (hook: Hook) => boolean): Promise<Hook> => eventually(() => Promise.resolve(hooks.find(fits)));

test('validateRequest accepts what a phone wrote', async () => {
  const { path, headers, params } = await hook((h) => h.path === '/in');
  assert.equal(twilio.validateRequest(number['auth_token'] ?? '', String(headers['x-twilio-signature']), url + path, params), true);
  assert.equal(twilio.validateRequest('another token', String(headers['x-twilio-signature']), url + path, params), false);
  assert.deepEqual([params['Body'], params['From'], params['WaId'], params['SmsStatus']], ['hola ñ & =', `whatsapp:+${PHONE}`, PHONE, 'received']);
});

test('messages.create, fetch and list; statuses come to the address given with the message', async () => {
  const sent = await client.messages.create({ from: from(), to: `whatsapp:+${PHONE}`, body: 'De 9 a 14.', statusCallback: `${url}/status?correlation=m1` });
  assert.match(sent.sid, /^SM[0-9a-f]{32}$/);
  assert.equal(sent.status, 'queued');
  for (const word of ['sent', 'delivered', 'read']) {
    const { path, headers, params } = await hook((h) => h.params['MessageSid'] === sent.sid && h.params['MessageStatus'] === word);
    assert.equal(path, '/status?correlation=m1');
    assert.equal(twilio.validateRequest(number['auth_token'] ?? '', String(headers['x-twilio-signature']), url + path, params), true);
  }
  assert.equal((await client.messages(sent.sid).fetch()).status, 'read');
  assert.ok((await client.messages.list({ to: `whatsapp:+${PHONE}` })).some((one) => one.sid === sent.sid));
});

test('media, templates and locations arrive on the phone', async () => {
  const picture = await client.messages.create({ from: from(), to: `whatsapp:+${PHONE}`, body: 'foto', mediaUrl: [`${url}/a.png`] });
  const contents = await client.content.v1.contents.list();
  const template = contents.find((one) => one.friendlyName === 'aviso_de_hora');
  const notice = await client.messages.create({ from: from(), to: `whatsapp:+${PHONE}`, contentSid: template?.sid ?? '', contentVariables: JSON.stringify({ 1: 'Ana', 2: 'lunes' }) });
  const place = await client.messages.create({ from: from(), to: `whatsapp:+${PHONE}`, body: 'Plaza', persistentAction: ['geo:-33.4,-70.6|Centro'] });
  const shown = await eventually(async () => {
    const all = await sandbox.messages(PHONE);
    return [picture, notice, place].every(({ sid }) => all.some((one) => one['id'] === sid && one['status'] === 'read')) ? all : undefined;
  });
  const byId = (sid: string): string => shown.filter((one) => one['id'] === sid).map((one) => `${String(one['type'])} ${String(one['text'])}`).join();
  assert.equal(byId(picture.sid), 'image foto');
  assert.match(byId(notice.sid), /template Hola Ana/);
  assert.equal(byId(place.sid), 'location Plaza');
});

test('contents are made, handed in, found with their approval, sent within the window, and removed', async () => {
  // The library's types have other names than the API; it sends what it is given.
  const menu = await client.content.v1.contents.create({
    friendly_name: 'menu', language: 'es', types: { 'twilio/quick-reply': { body: 'Hola {{1}}, ¿qué necesita?', actions: [{ type: 'QUICK_REPLY', title: 'Permisos', id: 'p' }, { type: 'QUICK_REPLY', title: 'Aseo', id: 'a' }] } }, variables: { 1: 'Ana' },
  } as never);
  const picker = await client.content.v1.contents.create({ friendly_name: 'oficinas', language: 'es', types: { 'twilio/list-picker': { body: 'Elija', button: 'Oficinas', items: [{ id: 'o1', item: 'Centro', description: 'Calle 1' }] } } } as never);
  const sent = [
    await client.messages.create({ from: from(), to: `whatsapp:+${PHONE}`, contentSid: menu.sid, contentVariables: JSON.stringify({ 1: 'Luz' }) }),
    await client.messages.create({ from: from(), to: `whatsapp:+${PHONE}`, contentSid: picker.sid }),
  ];
  const shown = await eventually(async () => {
    const all = (await sandbox.messages(PHONE)).filter((one) => sent.some(({ sid }) => one['id'] === sid && one['status'] === 'read'));
    return all.length === 2 ? all : undefined;
  });
  assert.deepEqual(shown.map((one) => `${String(one['type'])} ${String(one['text'])}`), ['interactive Hola Luz, ¿qué necesita?', 'interactive Elija']);

  const asked = await client.content.v1.contents(menu.sid).approvalCreate.create({ name: 'menu_de_inicio', category: 'UTILITY' });
  assert.equal(asked.status, 'received');
  assert.equal((await client.content.v1.contents(menu.sid).approvalFetch().fetch()).whatsapp.status, 'approved');
  const all = await client.content.v1.contentAndApprovals.list({ pageSize: 2 });
  const approvals = new Map(all.map((one) => [one.friendlyName, one.approvalRequests as unknown as { status: string; name: string }]));
  assert.deepEqual([approvals.get('menu')?.status, approvals.get('menu')?.name, approvals.get('oficinas')?.status, approvals.get('aviso_de_hora')?.status], ['approved', 'menu_de_inicio', 'unsubmitted', 'approved']);
  await client.content.v1.contents(menu.sid).remove();
  assert.ok(!(await client.content.v1.contents.list()).some((one) => one.sid === menu.sid));
});

test('the sender tells where its webhooks go, and takes another address', async () => {
  const [sender] = await client.messaging.v2.channelsSenders.list({ channel: 'whatsapp' });
  assert.deepEqual([sender?.senderId, sender?.webhook.callbackUrl], [from(), `${url}/in`]);
  const one = client.messaging.v2.channelsSenders(sender?.sid ?? '');
  await one.update({ webhook: { callback_url: `${url}/other` } } as never);
  assert.equal((await one.fetch()).webhook.callbackUrl, `${url}/other`);
  await one.update({ webhook: { callback_url: `${url}/in` } } as never);
});

test('a file of a phone is fetched with the token only', async () => {
  await sandbox.write(PHONE, { to: number['business_number'], type: 'image', image: { data: PNG.toString('base64') } });
  const { params } = await hook((h) => h.params['NumMedia'] === '1');
  const file = params['MediaUrl0'] ?? '';
  assert.equal((await fetch(file)).status, 401);
  const answer = await fetch(file, { headers: { authorization: `Basic ${Buffer.from(`${number['account_sid']}:${number['auth_token']}`).toString('base64')}` } });
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), PNG);
});

test('refusals have Twilio’s codes, now or in a callback', async () => {
  const refused = (over: Record<string, string>, code: number): Promise<void> => assert.rejects(client.messages.create({ from: from(), to: `whatsapp:+${PHONE}`, body: 'x', ...over }), (error: Error & { code?: number }) => error.code === code);
  await refused({ to: 'whatsapp:+1' }, 21211);
  await refused({ from: 'whatsapp:+14155238886' }, 63007);
  await refused({ body: 'x'.repeat(1601) }, 21617);
  await sandbox.call('POST', '/sandbox/faults', { kind: 'error', code: 20429 , http: 429, phone_number_id: number['phone_number_id'] });
  await refused({}, 20429);
  await assert.rejects(twilio(number['account_sid'], 'wrong', { httpClient: client.httpClient }).request({ method: 'get', uri: `${number['api_url']}/2010-04-01/Accounts/${number['account_sid']}.json` }).then((answer) => {
    assert.equal(answer.statusCode, 401);
    throw new Error('refused');
  }));
  const stranger = await client.messages.create({ from: from(), to: 'whatsapp:+56911119999', body: 'x', statusCallback: `${url}/status` });
  const { params } = await hook((h) => h.params['MessageSid'] === stranger.sid && h.params['ErrorCode'] !== undefined);
  assert.deepEqual([params['MessageStatus'], params['ErrorCode']], ['failed', '63016']);
});

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { dataFolder, processesOf, repository } from '../../../../../test/harness/processes.ts';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { call, runCli, startServer, type Ended, type TestServer } from '../testing/server.ts';

/** One server with sandbox for all of these; its data folder is also what the commands work on. */
let server: TestServer;
before(async (t) => {
  const scope = t as unknown as Parameters<typeof startServer>[0];
  server = await startServer(scope, { data: dataFolder(scope) });
});

const cli = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  runCli(args, { env: { CENTRALITA_DATA: server.data, META_GRAPH_URL: server.sandbox, PUBLIC_URL: server.url, ...env } });
async function done(args: string[], env?: Record<string, string>): Promise<string> {
  const ended = await cli(args, env);
  assert.equal(ended.code, 0, ended.stderr);
  return ended.stdout;
}

/** A number the sandbox has and the server does not know yet. */
async function newNumber(options: Record<string, unknown> = {}): Promise<Record<string, string>> {
  return (await call('POST', `${server.sandbox}/sandbox/numbers`, { body: { own_app: true, own_waba: true, ...options } })).json as Record<string, string>;
}
const credentials = (n: Record<string, string>): Record<string, string> => ({
  META_PHONE_NUMBER_ID: n['phone_number_id']!, META_WABA_ID: n['waba_id']!, META_ACCESS_TOKEN: n['access_token']!, META_APP_SECRET: n['app_secret']!,
});
async function write(phone: string, number: Record<string, string>, text: string): Promise<void> {
  assert.equal((await call('POST', `${server.sandbox}/sandbox/phones/${phone}/messages`, { body: { to: number['business_number'], type: 'text', text } })).status, 201);
}
let clinic: Record<string, string>;

const answered = (phone: string): Promise<unknown> => waitFor(async () => {
  const { messages } = (await call('GET', `${server.sandbox}/sandbox/phones/${phone}/messages`)).json as { messages: { direction: string; text: string }[] };
  return messages.some((m) => m.direction === 'in' && m.text.includes('asistente'));
}, { what: 'the bot to answer' });
/** The server's own word: a command takes a second of the processor, so none is asked again and again. */
const api = async (path: string): Promise<string> => (await server.call('GET', path, { headers: { 'x-api-key': server.firstRun().api_key } })).text;
const inbox = (): Promise<string> => api('/api/conversations');

test('config shows every setting and no secret', async () => {
  const shown = await done(['config'], { CENTRALITA_API_KEY: 'muy-secreta-clave', DATABASE_URL: 'postgres://ana:contrasena@db/x' });
  assert.match(shown, /^PORT=8080\n {4}Port of the server\. \(default\)$/m);
  assert.match(shown, /^CENTRALITA_API_KEY=\*+\n.*\(environment\)$/m);
  assert.doesNotMatch(shown, /muy-secreta|contrasena/);
  assert.equal(await done(['config', '--example']), readFileSync(join(repository, '.env.example'), 'utf8'), 'npm run cli -- config --example > .env.example');
});

test('a number of Meta: probed, stored, subscribed, and messages arrive and are answered', async () => {
  const number = clinic = await newNumber({ name: 'Clínica Sur' });
  const shown = await done(['account', 'add', 'meta'], credentials(number));
  assert.match(shown, /^Number +\+56 2 2000 0001 +Clínica Sur$/m);
  assert.match(shown, new RegExp(`^Webhook +${server.url}/webhook/meta/demo-2$`, 'm'));
  assert.match(shown, /^Verify +\S{20,}$/m);
  assert.match(shown, /The app is subscribed/);
  for (const secret of [number['access_token']!, number['app_secret']!]) assert.ok(!shown.includes(secret));

  const flow = 'packages/flow-engine/examples/municipalidad.json';
  assert.match(await done(['bot', 'publish', join(repository, flow), '--name', 'Recepción', '--account', number['display_phone_number']!]), /new revision 1, answers on 56220000001/);
  await write('56922220001', number, 'hola');
  await answered('56922220001');
  assert.match(await inbox(), /56922220001/);
});

test('the same number again: new credentials, the same account, and a stopped route works again', async () => {
  const number = clinic;
  const list = (): Promise<string> => done(['account', 'list']);
  const was = await list();
  assert.equal((await call('POST', `${server.sandbox}/sandbox/faults`, { body: { kind: 'error', code: 190, times: 1 } })).status, 201);
  await write('56922220009', number, 'hola');
  await waitFor(async () => (await api('/api/accounts')).includes('"status":"stopped"'), { what: 'the route to be stopped by the refused token' });
  assert.match(await list(), /stopped/);

  const again = await done(['account', 'add', 'meta'], credentials(number));
  assert.match(again, /was connected already; its credentials are new now/);
  assert.equal(await list(), was);
  assert.match(await done(['replay', '--all', 'dead-letters']), /^Replayed \d+ of \d+\.$/m);
  await answered('56922220009');

  const refused = await cli(['account', 'add', 'meta'], { ...credentials(number), META_ACCESS_TOKEN: 'EAAwrong' });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^The token does not work for this number: .*\(190\)\nNothing was stored\./);
  const taken = await cli(['account', 'add', 'meta', '--webhook', 'demo'], credentials(await newNumber({ name: 'Prestado' })));
  assert.match(taken.stderr, /^This webhook name belongs to an app with another secret\./);
});

test('nobody to ask: it says what is missing and where it can come from', async () => {
  const ended = await cli(['account', 'add', 'meta'], { META_PHONE_NUMBER_ID: '1', META_WABA_ID: '2' });
  assert.deepEqual([ended.code, ended.stderr], [1, 'Access token: give it with --token or META_ACCESS_TOKEN.\n']);
});

test('without a public address nothing is subscribed, and it says what to do', async () => {
  const number = await newNumber();
  const shown = await done(['account', 'add', 'meta', '--no-subscribe'], credentials(number));
  assert.match(shown, /Enter both in the app's settings/);
  const unreachable = await done(['account', 'add', 'meta'], { ...credentials(number), PUBLIC_URL: 'http://127.0.0.1:1' });
  assert.match(unreachable, /^Not subscribed: [^\n]+\nMeta asks the webhook's address at once/m);
});

test('what came for a number before it was connected is in the inbox afterwards', async () => {
  const first = await newNumber();
  await done(['account', 'add', 'meta'], credentials(first));
  const second = await newNumber({ own_app: false, own_waba: false, waba_id: first['waba_id'] });
  await write('56922220002', second, 'llegué temprano');
  await waitFor(async () => (await api('/api/operations/unrouted')).includes('evt_'), { what: 'the unrouted event' });
  const waiting = /^(evt_\S+).*$/m.exec(await done(['replay']))?.[1];
  assert.match(await done(['replay', waiting!]), /nothing to do/);
  assert.match(await done(['account', 'add', 'meta'], credentials(second)), /^Inbox +1 message/m);
  assert.match(await inbox(), /56922220002/);
});

/** A number of another carrier on the sandbox. */
const carrierNumber = async (body: Record<string, unknown>): Promise<Record<string, string>> => (await call('POST', `${server.sandbox}/sandbox/numbers`, { body })).json as Record<string, string>;

test('numbers of 360dialog and Twilio: asked for by name, tried, stored; secrets are not shown', async () => {
  const dialog = await carrierNumber({ carrier: '360dialog', name: 'Clínica Norte' });
  const shown = await done(['account', 'add', 'official', '--name', 'Clínica Norte', '--set', `api_url=${dialog['api_url']}`, `phone_number=+${dialog['business_number']}`], { OFFICIAL_API_KEY: dialog['api_key']! });
  assert.match(shown, new RegExp(`^Webhook +${server.url}/webhook/official/demo$`, 'm'));
  assert.match(shown, /is subscribed/);
  assert.doesNotMatch(shown, new RegExp(dialog['api_key']!));
  await write('56922220021', dialog, 'hola por 360dialog');
  await waitFor(async () => (await inbox()).includes('hola por 360dialog'), { what: 'the message of 360dialog' });

  const twilio = await carrierNumber({ carrier: 'twilio' });
  const env = { TWILIO_ACCOUNT_SID: twilio['account_sid']!, TWILIO_AUTH_TOKEN: twilio['auth_token']!, TWILIO_FROM: twilio['from']!, TWILIO_API_URL: twilio['api_url']! };
  assert.match(await done(['account', 'add', 'twilio'], env), /Enter this address in the Twilio Console/);
  const refused = await cli(['account', 'add', 'twilio'], { ...env, TWILIO_AUTH_TOKEN: 'wrong' });
  assert.match(refused.stderr, /^The carrier does not take these credentials: .*\(20003\)\nNothing was stored\./);
  assert.match((await cli(['account', 'add', 'twilio', '--set', 'color=red'], env)).stderr, /^--set color: there is no such field\. There are: account_sid, /);
});

test('a phone behind Evolution: the instance is made, its picture shown, and it is stored once the phone scanned it', async () => {
  const { api_url: url = '', api_key: key = '' } = await carrierNumber({ carrier: 'evolution' });
  const adding = done(['account', 'add', 'evolution', '--name', 'Terreno', '--set', `server_url=${url}`, 'instance=terreno'], { EVOLUTION_API_KEY: key });
  await waitFor(async () => (await call('POST', `${server.sandbox}/sandbox/instances/terreno/scan`)).status === 200, { what: 'the instance to be made', every: 100 });
  const shown = await adding;
  assert.match(shown, /█/);
  assert.match(shown, /^Number +\+\d+ +terreno$/m);
  assert.match(shown, /is subscribed/);
  const numbers = (await call('GET', `${server.sandbox}/sandbox/numbers`)).json as { numbers: Record<string, string>[] };
  await write('56922220022', numbers.numbers.find((n) => n['instance'] === 'terreno')!, 'hola por Evolution');
  await waitFor(async () => (await inbox()).includes('hola por Evolution'), { what: 'the message of Evolution' });
});

test('a webhook that could not be read is shown and taken in again', async () => {
  const { app_secret: secret = '' } = (await call('GET', `${server.sandbox}/sandbox/config`)).json as Record<string, string>;
  const body = '{"object":"whatsapp_business_account","entry":';
  const posted = await server.call('POST', '/webhook/meta/demo', { body, headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` } });
  assert.equal(posted.status, 200);
  await waitFor(async () => (await api('/api/operations/failed-webhooks')).includes('"fw_'), { what: 'the failed webhook' });
  assert.match(await done(['replay']), /^fw_/m);
  assert.match(await done(['replay', '--all', 'failed-webhooks']), /^Replayed 1 of 1\.$/m);
  const unknown = await cli(['replay', 'conv_x', 'dead_00000000000000000000000000']);
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /conv_x {2}is no id/);
  assert.match(unknown.stderr, /dead_0+ {2}There is no such dead letter/);
});

test('companies and people', async () => {
  const made = await done(['company', 'create', 'clinica', '--name', 'Clínica', '--admin-email', 'jefa@clinica.test']);
  const password = /^ {2}password +(\S+)/m.exec(made)![1]!;
  const key = /API key +(\S+)/.exec(made)![1]!;
  assert.equal((await server.call('POST', '/api/login', { body: { email: 'jefa@clinica.test', password } })).status, 200);
  assert.equal((await server.call('GET', '/api/conversations', { headers: { 'x-api-key': key } })).status, 200);
  assert.match((await cli(['company', 'create', 'clinica'])).stderr, /^A company with this short name exists already/);
  assert.match((await cli(['company', 'create', 'Clínica Sur'])).stderr, /^The short name has/);
  assert.match((await cli(['company', 'create', 'otra', '--timezone', 'Mars/Base'])).stderr, /^--timezone:/);
  assert.match((await cli(['replay'])).stderr, /^Say which company: --company <short-name>\. There are: demo, clinica\.$/m);
  assert.match(await done(['company', 'list']), /^clinica .*jefa@clinica\.test$/m);

  const renewed = /^ {2}password +(\S+)/m.exec(await done(['user', 'password', 'jefa@clinica.test']))![1]!;
  assert.equal((await server.call('POST', '/api/login', { body: { email: 'jefa@clinica.test', password } })).status, 401);
  assert.equal((await server.call('POST', '/api/login', { body: { email: 'jefa@clinica.test', password: renewed } })).status, 200);
  assert.match(await done(['user', 'add', 'agente@clinica.test', '--company', 'clinica']), /can sign in to “Clínica”/);
});

test('a backup of the running server, restored into a new folder, starts with everything', async (t) => {
  const folder = join(dirname(server.data), 'respaldo');
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const shown = await done(['backup', folder, '--with-key']);
  assert.match(shown, /^Holds +\d+ companies, \d+ rows of \d+ tables/m);
  assert.match((await cli(['backup', folder])).stderr, /exists already/);
  assert.match((await cli(['restore', folder])).stderr, /^A server runs with/);

  const data = dataFolder(t);
  const there = (args: string[]): Promise<Ended> => runCli(args, { env: { CENTRALITA_DATA: data } });
  const restored = await there(['restore', folder]);
  assert.equal(restored.code, 0, restored.stderr);
  assert.doesNotMatch(restored.stdout, /Key/, 'the key came along');
  assert.equal(readFileSync(join(data, 'encryption.key'), 'utf8'), readFileSync(join(server.data, 'encryption.key'), 'utf8'));
  assert.match((await there(['restore', folder])).stderr, /holds companies already/);
  assert.deepEqual(processesOf(dirname(data)), [], 'the database it started is stopped');

  const copy = await startServer(t, { data, env: { CENTRALITA_SANDBOX: 'off', CENTRALITA_DEMO: 'off' } });
  assert.ok(!existsSync(join(data, 'first-run.json')), 'nothing is made up: the administrator is there');
  const key = { 'x-api-key': server.firstRun().api_key };
  assert.equal((await copy.call('GET', '/api/conversations', { headers: key })).text, await inbox());
  assert.match((await there(['account', 'list'])).stdout, /Clínica Sur/);
});

test('migrations up and down', async (t) => {
  const data = dataFolder(t);
  const there = (args: string[]): Promise<Ended> => runCli(args, { env: { CENTRALITA_DATA: data } });
  assert.match((await there(['migrate', 'up'])).stdout, /^The shared schema is at \d+ \(was 0\); 0 companies/);
  assert.match((await there(['migrate', 'down', '--scope', 'shared'])).stdout, /was taken back/);
  assert.match((await there(['migrate', 'up'])).stdout, /^The shared schema is at \d+ \(was \d+\)/);
  assert.match((await cli(['migrate', 'down'])).stderr, /^Stop the server first/);
});

test('a wrong command is told so', async () => {
  const ended = await cli(['acount']);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /unknown command 'acount'/);
});

import assert from 'node:assert/strict';
import { before, test, type TestContext } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import { COMPANY_EVENT } from '@centralita/contracts';
import { withDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { defer } from '../../../../test/harness/defer.ts';
import { waitFor } from '../../../../test/harness/wait.ts';
import { listenHttp, person, type HttpServer, type Person } from './testing/http.ts';
import { call } from './testing/server.ts';

let database: TestDatabase;
let one: HttpServer;
let two: HttpServer;
let ana: Person;
let luis: Person;
before(async (t) => {
  const scope = t as unknown as Parameters<typeof withDatabase>[0];
  database = await withDatabase(scope);
  one = await listenHttp(scope, { databaseUrl: database.url });
  two = await listenHttp(scope, { databaseUrl: database.url });
  ana = await person(one.rt, 'ana');
  luis = await person(one.rt, 'luis');
});

interface Signed {
  readonly cookie: string;
  readonly csrf: string;
}
async function signIn({ url }: HttpServer, { email, password }: Person): Promise<Signed> {
  const answer = await call('POST', `${url}/api/login`, { body: { email, password } });
  return { cookie: answer.headers.getSetCookie()[0]!.split(';')[0]!, csrf: String(answer.json['csrf']) };
}

interface Screen {
  readonly socket: Socket;
  readonly seen: unknown[];
}

/** A screen as the browser opens it; resolves when it is in, rejects with the refusal. */
async function screen(t: TestContext, { url }: HttpServer, headers: Record<string, string>): Promise<Screen> {
  const socket = io(url, { path: '/socket.io', transports: ['websocket'], reconnection: false, extraHeaders: headers, forceNew: true });
  defer(t, () => socket.disconnect());
  const seen: unknown[] = [];
  socket.on(COMPANY_EVENT, (events: unknown[]) => seen.push(...events));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, seen };
}

const ended = ({ socket }: Screen): Promise<void> => new Promise((resolve) => {
  socket.once('disconnect', () => resolve());
});

test('without a login, or from a page of another site, no screen is let in', async (t) => {
  const { cookie } = await signIn(one, ana);
  await assert.rejects(screen(t, one, {}), { message: 'companies.not_signed_in', data: { code: 'companies.not_signed_in' } });
  await assert.rejects(screen(t, one, { cookie: 'centralita=guess' }), { message: 'companies.not_signed_in' });
  await assert.rejects(screen(t, one, { cookie, origin: 'https://evil.example' }));
  const own = await screen(t, one, { cookie, origin: one.url });
  assert.ok(own.socket.connected);
});

test('a company sees its own events, at whichever process its screen is, and nobody else\'s', async (t) => {
  const anas = await screen(t, one, await signIn(one, ana).then(({ cookie }) => ({ cookie })));
  const far = await screen(t, two, await signIn(two, ana).then(({ cookie }) => ({ cookie })));
  const luiss = await screen(t, one, await signIn(one, luis).then(({ cookie }) => ({ cookie })));
  await waitFor(() => [one, two].every(({ rt }) => rt.realtime.watched(ana.company.id)) && two.rt.realtime.watched(luis.company.id), { what: 'both processes to know who is watched' });
  assert.equal(one.rt.realtime.watched('00000000-0000-0000-0000-000000000000'), false);

  one.rt.realtime.emit(ana.company.id, [{ n: 1 }]);
  two.rt.realtime.emit(ana.company.id, [{ n: 2, text: 'ñ'.repeat(20_000) }, { n: 3 }]);
  two.rt.realtime.emit(luis.company.id, [{ n: 4 }]);
  const numbers = (s: Screen): number[] => s.seen.map((e) => (e as { n: number }).n).sort((a, b) => a - b);
  await waitFor(() => anas.seen.length === 3 && far.seen.length === 3 && luiss.seen.length === 1, { what: 'the events to arrive' });
  assert.deepEqual([numbers(anas), numbers(far), numbers(luiss)], [[1, 2, 3], [1, 2, 3], [4]]);
  assert.equal((anas.seen.find((e) => (e as { n: number }).n === 2) as { text: string }).text.length, 20_000, 'a long one arrives whole');

  far.socket.disconnect();
  anas.socket.disconnect();
  await waitFor(() => !one.rt.realtime.watched(ana.company.id) && !two.rt.realtime.watched(ana.company.id), { what: 'nobody to look any more' });
});

test('signing out closes the screens of that login, at every process, and no other', async (t) => {
  const gone = await signIn(one, ana);
  const stays = await signIn(one, ana);
  const [near, far, other] = await Promise.all([screen(t, one, { cookie: gone.cookie }), screen(t, two, { cookie: gone.cookie }), screen(t, two, { cookie: stays.cookie })]);
  const closed = Promise.all([ended(near), ended(far)]);
  assert.equal((await call('POST', `${one.url}/api/logout`, { headers: { cookie: gone.cookie, 'x-csrf-token': gone.csrf } })).status, 204);
  await closed;
  assert.ok(other.socket.connected);
});

test('the process closes in no time although screens are open', async (t) => {
  const three = await listenHttp(t, { databaseUrl: database.url });
  const { cookie } = await signIn(three, luis);
  const open = await screen(t, three, { cookie });
  const closed = ended(open);
  const begun = performance.now();
  await three.close();
  await closed;
  assert.ok(performance.now() - begun < 10_000, 'not after the 25 s of a ping');
});

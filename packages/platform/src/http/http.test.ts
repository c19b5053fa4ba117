import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HttpError, createHttp, type Http, type HttpOptions } from '../http.ts';
import { isClosedAddress, parseAllowlist } from './addresses.ts';

const cleanups: (() => Promise<void> | void)[] = [];
after(async () => {
  for (const c of cleanups.reverse()) await c();
});

async function serve(handler: http.RequestListener): Promise<{ origin: string; port: number }> {
  const server = http.createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as net.AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port };
}
async function serveRaw(onSocket: (socket: net.Socket) => void): Promise<{ origin: string }> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const open = new Set<net.Socket>();
  server.on('connection', (s) => open.add(s));
  cleanups.push(() => {
    for (const s of open) s.destroy();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}` };
}
function client(options: HttpOptions): Http {
  const c = createHttp(options);
  cleanups.push(() => c.close());
  return c;
}
const carrier = client({ trust: 'carrier' });
const insider = client({ trust: 'customer', allow: ['127.0.0.0/8'] });
const outsider = client({ trust: 'customer' });
const media = client({ trust: 'media', allow: ['127.0.0.1'] });

async function failure(promise: Promise<unknown>): Promise<HttpError> {
  const error = await promise.then(() => assert.fail('it worked'), (e: unknown) => e);
  assert.ok(error instanceof HttpError, String(error));
  return error;
}
async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('a request goes out as it is and the whole answer comes back', async () => {
  const { origin } = await serve((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (c: Buffer) => parts.push(c));
    req.on('end', () => {
      res.setHeader('set-cookie', ['a=1', 'b=2']);
      res.statusCode = 418;
      res.end(`${req.method} ${req.url} ${req.headers['x-a']} ${req.headers['content-length']} ${Buffer.concat(parts).toString()}`);
    });
  });
  const answer = await carrier.request({ method: 'POST', url: `${origin}/x?y=1`, headers: { 'X-A': 'ñ'.normalize('NFD')[0]! }, body: 'hola', timeoutMs: 5000 });
  assert.equal(answer.status, 418);
  assert.equal(answer.body.toString(), 'POST /x?y=1 n 4 hola');
  assert.equal(answer.headers['set-cookie'], 'a=1, b=2');
  const parts = await carrier.request({ method: 'PUT', url: origin, body: [Buffer.from('ho'), Buffer.from('la')], timeoutMs: 5000 });
  assert.match(parts.body.toString(), / 4 hola$/);
});

test('what never left says sent: false', async (t) => {
  const port = await closedPort();
  const post = { method: 'POST', body: '{}', timeoutMs: 3000 } as const;
  const plain = await serveRaw((s) => s.write('HTTP/1.1 400 Bad\r\n\r\n'));
  const cases: [string, () => Promise<unknown>, HttpError['kind']][] = [
    ['refused', () => carrier.request({ ...post, url: `http://127.0.0.1:${port}/secret?token=hush` }), 'connect'],
    ['no such name', () => carrier.request({ ...post, url: 'http://no-such-host.invalid/' }), 'connect'],
    ['TLS against a plain server', () => carrier.request({ ...post, url: plain.origin.replace('http', 'https') }), 'connect'],
    ['not a URL', () => carrier.request({ ...post, url: 'ftp://127.0.0.1/' }), 'invalid_url'],
    ['password in the URL', () => carrier.request({ ...post, url: 'http://u:hush@127.0.0.1/' }), 'invalid_url'],
    ['header that breaks the wire', () => carrier.request({ ...post, url: `http://127.0.0.1:${port}`, headers: { authorization: 'hush\r\nx: y' } }), 'invalid_url'],
    ['blocked', () => outsider.request({ ...post, url: `http://127.0.0.1:${port}/` }), 'blocked'],
  ];
  for (const [name, attempt, kind] of cases) {
    const error = await failure(attempt());
    assert.equal(error.kind, kind, name);
    assert.equal(error.sent, false, name);
    assert.doesNotMatch(error.message + JSON.stringify(error), /hush|secret/, name);
    t.diagnostic(`${name}: ${error.message}`);
  }
});

test('what may have arrived says sent: true', async () => {
  const silent = await serve(() => undefined);
  const late = await failure(carrier.request({ method: 'POST', url: silent.origin, body: '{}', timeoutMs: 60 }));
  assert.deepEqual([late.kind, late.sent], ['timeout', true]);

  const dropper = await serveRaw((s) => s.once('data', () => s.destroy()));
  const dropped = await failure(carrier.request({ method: 'POST', url: dropper.origin, body: '{}', timeoutMs: 3000 }));
  assert.deepEqual([dropped.kind, dropped.sent], ['broken', true]);

  const half = await serveRaw((s) => s.once('data', () => s.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf')));
  const cut = await failure(carrier.request({ method: 'POST', url: half.origin, body: '{}', timeoutMs: 3000 }));
  assert.deepEqual([cut.kind, cut.sent], ['broken', true]);

  const drip = await serve((_req, res) => {
    res.write('a');
    const timer = setInterval(() => res.write('a'), 10);
    res.on('close', () => clearInterval(timer));
  });
  const endless = await failure(carrier.request({ method: 'GET', url: drip.origin, timeoutMs: 80 }));
  assert.deepEqual([endless.kind, endless.sent], ['timeout', true]);
});

test('a request that gave up while waiting for a socket never leaves', async () => {
  const seen: string[] = [];
  const { origin } = await serve((req, res) => {
    seen.push(req.url!);
    if (req.url === '/first') return;
    res.end('ok');
  });
  const single = client({ trust: 'carrier', connections: 1 });
  const first = failure(single.request({ method: 'POST', url: `${origin}/first`, timeoutMs: 300 }));
  const waiting = await failure(single.request({ method: 'POST', url: `${origin}/waiting`, timeoutMs: 50 }));
  assert.deepEqual([waiting.kind, waiting.sent], ['timeout', false]);
  assert.equal((await first).sent, true);
  assert.equal((await single.request({ method: 'GET', url: `${origin}/after`, timeoutMs: 3000 })).status, 200);
  assert.deepEqual(seen, ['/first', '/after']);
});

test('an answer over the cap is cut off, announced or not', async () => {
  const { origin } = await serve((req, res) => {
    if (req.url === '/announced') res.setHeader('content-length', '2000');
    res.end(Buffer.alloc(2000));
  });
  for (const path of ['/announced', '/chunked']) {
    const error = await failure(carrier.request({ method: 'GET', url: origin + path, timeoutMs: 3000, maxBytes: 1999 }));
    assert.deepEqual([error.kind, error.sent], ['too_large', true]);
    assert.equal((await carrier.request({ method: 'GET', url: origin + path, timeoutMs: 3000, maxBytes: 2000 })).body.length, 2000);
  }
});

test('sockets are reused and requests run beside each other', async () => {
  const sockets = new Set<number>();
  const { origin } = await serve((req, res) => {
    sockets.add(req.socket.remotePort!);
    res.end();
  });
  const few = client({ trust: 'carrier', connections: 4 });
  await Promise.all(Array.from({ length: 40 }, () => few.request({ method: 'GET', url: origin, timeoutMs: 3000 })));
  assert.ok(sockets.size > 1 && sockets.size <= 4, `${sockets.size} sockets`);
});

test('the number of pools is bounded; the one unused for longest goes first', async () => {
  const open = new Map<string, number>();
  const origins: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { origin } = await serve((req, res) => {
      open.set(origin, (open.get(origin) ?? 0) + 1);
      req.socket.once('close', () => open.set(origin, open.get(origin)! - 1));
      res.end();
    });
    origins.push(origin);
  }
  const two = client({ trust: 'carrier', maxPools: 2 });
  const get = (url: string) => two.request({ method: 'GET', url, timeoutMs: 3000 });
  await get(origins[0]!);
  await get(origins[1]!);
  await get(origins[2]!);
  while (open.get(origins[0]!) !== 0) await new Promise((r) => setImmediate(r));
  assert.equal(open.get(origins[1]!), 1);
});

test('closing waits for what is under way and refuses the rest', async () => {
  let release: () => void = () => undefined;
  const { origin } = await serve((_req, res) => {
    release = () => res.end('done');
    arrived();
  });
  let arrived: () => void = () => undefined;
  const reached = new Promise<void>((r) => (arrived = r));
  const c = createHttp({ trust: 'carrier' });
  const answer = c.request({ method: 'GET', url: origin, timeoutMs: 3000 });
  await reached;
  const closing = c.close();
  const refused = await failure(c.request({ method: 'GET', url: origin, timeoutMs: 3000 }));
  assert.deepEqual([refused.kind, refused.sent], ['connect', false]);
  release();
  assert.equal((await answer).body.toString(), 'done');
  await closing;
});

test('customers cannot reach inside, whatever the spelling', async () => {
  const { port } = await serve((_req, res) => res.end('inside'));
  const hosts = ['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f.1', '0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]',
    '169.254.169.254', '10.0.0.1', '172.16.3.4', '192.168.1.1', '100.100.100.200', '224.0.0.1', '255.255.255.255', '[fd00:ec2::254]', '[fe80::1]', '[ff02::1]', '168.63.129.16'];
  for (const host of hosts) {
    const error = await failure(outsider.request({ method: 'GET', url: `http://${host}:${port}/`, timeoutMs: 3000 }));
    assert.deepEqual([host, error.kind, error.sent], [host, 'blocked', false]);
    assert.match(error.message, /allowlist/);
  }
  const mail = await failure(outsider.request({ method: 'GET', url: 'http://8.8.8.8:25/', timeoutMs: 3000 }));
  assert.equal(mail.kind, 'blocked');
});

test('the operator’s allowlist lets a host or a block through', async () => {
  const { port } = await serve((_req, res) => res.end('inside'));
  const byName = client({ trust: 'customer', allow: ['localhost'] });
  assert.equal((await byName.request({ method: 'GET', url: `http://localhost:${port}/`, timeoutMs: 3000 })).body.toString(), 'inside');
  assert.equal((await failure(byName.request({ method: 'GET', url: `http://127.0.0.1:${port}/`, timeoutMs: 3000 }))).kind, 'blocked');
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) {
    assert.equal((await insider.request({ method: 'GET', url: `http://${host}:${port}/`, timeoutMs: 3000 })).body.toString(), 'inside');
  }
  assert.throws(() => parseAllowlist(['10.0.0.0/33']), /10\.0\.0\.0\/0 to 10\.0\.0\.0\/32/);
  assert.throws(() => parseAllowlist(['http://x']), /host name/);
});

test('redirects: each is checked, at most three, secrets stay with their origin', async () => {
  const seen: { url: string; method: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
  const record: http.RequestListener = (req, res) => {
    let body = '';
    req.on('data', (c: Buffer) => (body += c.toString()));
    req.on('end', () => {
      seen.push({ url: req.url!, method: req.method!, headers: req.headers, body });
      const u = new URL(req.url!, 'http://x');
      if (u.pathname === '/go') {
        res.writeHead(Number(u.searchParams.get('status') ?? 302), { location: u.searchParams.get('to')! });
        res.end('moved');
      } else if (u.pathname === '/loop') {
        const n = Number(u.searchParams.get('n'));
        if (n === 0) res.end('here');
        else res.writeHead(302, { location: `/loop?n=${n - 1}` }).end();
      } else res.end('here');
    });
  };
  const a = await serve(record);
  const b = await serve(record);
  const go = (to: string, status = 302) => `${a.origin}/go?status=${status}&to=${encodeURIComponent(to)}`;
  const secrets = { authorization: 'Bearer hush', 'x-api-key': 'hush', cookie: 'a=hush', accept: 'text/plain' };

  const halfOpen = client({ trust: 'customer', allow: [`localhost`] });
  const blocked = await failure(halfOpen.request({ method: 'GET', url: go(`http://127.0.0.1:${b.port}/`).replace('127.0.0.1', 'localhost'), timeoutMs: 3000 }));
  assert.deepEqual([blocked.kind, blocked.sent], ['blocked', true]);
  const mediaBlocked = await failure(client({ trust: 'media' }).request({ method: 'GET', url: go(`${b.origin}/`), timeoutMs: 3000 }));
  assert.equal(mediaBlocked.kind, 'blocked');

  for (const c of [insider, media]) {
    seen.length = 0;
    await c.request({ method: 'GET', url: go(`${b.origin}/there`), headers: secrets, timeoutMs: 3000 });
    assert.equal(seen[0]!.headers.authorization, 'Bearer hush');
    assert.deepEqual([seen[1]!.url, seen[1]!.headers.authorization, seen[1]!.headers['x-api-key'], seen[1]!.headers.cookie], ['/there', undefined, undefined, undefined]);
    assert.equal(seen[1]!.headers.accept, 'text/plain');
    seen.length = 0;
    await c.request({ method: 'GET', url: go('/same'), headers: secrets, timeoutMs: 3000 });
    assert.equal(seen[1]!.headers.authorization, 'Bearer hush');
    assert.equal((await c.request({ method: 'GET', url: `${a.origin}/loop?n=3`, timeoutMs: 3000 })).body.toString(), 'here');
    assert.match((await failure(c.request({ method: 'GET', url: `${a.origin}/loop?n=4`, timeoutMs: 3000 }))).message, /more than 3/);
  }
  seen.length = 0;
  await insider.request({ method: 'POST', url: go('/kept', 307), body: 'x', headers: { 'content-type': 'text/plain' }, timeoutMs: 3000 });
  await insider.request({ method: 'POST', url: go('/turned', 303), body: 'x', headers: { 'content-type': 'text/plain' }, timeoutMs: 3000 });
  assert.deepEqual(seen.filter((s) => !s.url.startsWith('/go')).map((s) => [s.url, s.method, s.body, s.headers['content-type']]),
    [['/kept', 'POST', 'x', 'text/plain'], ['/turned', 'GET', '', undefined]]);
  const carrierAnswer = await carrier.request({ method: 'GET', url: go(b.origin), timeoutMs: 3000 });
  assert.equal(carrierAnswer.status, 302);
  assert.equal((await failure(insider.request({ method: 'GET', url: go('file:///etc/passwd'), timeoutMs: 3000 }))).kind, 'blocked');
});

test('files go to disk in pieces and appear only when whole', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'http-'));
  cleanups.push(() => rm(dir, { recursive: true }));
  const size = 30 * 1024 * 1024;
  const piece = Buffer.alloc(256 * 1024, 7);
  const { origin } = await serve((req, res) => {
    if (req.url === '/missing') {
      res.statusCode = 404;
      return void res.end('no');
    }
    if (req.url === '/empty') return void res.end();
    let sent = 0;
    const pump = () => {
      while (sent < size) {
        if (req.url === '/cut' && sent > size / 2) return void res.destroy();
        sent += piece.length;
        if (!res.write(piece)) return void res.once('drain', pump);
      }
      res.end();
    };
    res.setHeader('content-type', 'image/jpeg');
    pump();
  });
  const get = (path: string, maxBytes = 100 * 1024 * 1024) =>
    media.requestToFile({ method: 'GET', url: origin + path, timeoutMs: 30_000, maxBytes }, join(dir, path.slice(1)));

  const expected = createHash('sha256');
  for (let i = 0; i < size; i += piece.length) expected.update(piece);
  const before = process.memoryUsage().arrayBuffers;
  const whole = await get('/whole');
  assert.ok(process.memoryUsage().arrayBuffers - before < size, 'the file was held in memory');
  assert.deepEqual([whole.status, whole.size, whole.sha256, whole.headers['content-type']], [200, size, expected.digest('hex'), 'image/jpeg']);
  assert.equal((await readFile(join(dir, 'whole'))).length, size);

  assert.deepEqual([(await get('/missing')).status, (await get('/missing')).size], [404, 0]);
  assert.equal((await failure(get('/cut'))).kind, 'broken');
  assert.equal((await failure(get('/big', 1024))).kind, 'too_large');
  const empty = await get('/empty');
  assert.equal(empty.size, 0);
  assert.deepEqual((await readdir(dir)).sort(), ['empty', 'whole']);
  await assert.rejects(media.requestToFile({ method: 'GET', url: `${origin}/whole`, timeoutMs: 5000, maxBytes: size }, join(dir, 'no', 'dir')), { code: 'ENOENT' });
});

test('public addresses are open, the others are not', () => {
  for (const a of ['8.8.8.8', '1.1.1.1', '2606:4700::1111', '2001:4860:4860::8888', '::ffff:8.8.8.8', '64:ff9b::808:808']) assert.equal(isClosedAddress(a), false, a);
  for (const a of ['::', '::1', '::ffff:10.0.0.1', '::a00:1', '2002:a00:1::', '2001::1', 'fc00::1', 'fe80::1%eth0', '2001:db8::1', 'localhost', '']) assert.equal(isClosedAddress(a), true, a);
});

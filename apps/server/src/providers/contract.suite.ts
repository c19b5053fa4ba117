import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createHttp, type HttpClient, type HttpRequest } from '@centralita/platform/http';
import { OutboundContent, type CarrierError, type Content, type InboundEvent, type Peer, type SendOutcome } from '../messaging/index.ts';
import type { CarrierContext, Credentials, MediaFile, Provider, WebhookRequest, WebhookSecrets } from './contract.ts';
import { misfit } from './templates.ts';

/** A carrier on this machine: a process of its own that speaks its API, with a phone of a person and switches for what can go wrong. */
export interface CarrierEmulator {
  readonly credentials: Credentials;
  readonly secrets: WebhookSecrets;
  /** Has written to us before the suite begins, so that everything may be sent to them. */
  readonly person: Peer;
  /** The next send goes wrong. `drop`: accepted, then the connection ends without an answer · `silence`: accepted, never answered · an error of the carrier's. */
  fault(fault: 'drop' | 'silence' | { readonly code: number }): Promise<void>;
  /** Ids of the messages it accepted so far. */
  accepted(): Promise<readonly string[]>;
  /** Sends webhooks to this address: what an operator enters at a carrier without `setup.subscribe`. */
  point(url: string): Promise<void>;
  /** The person sends this, in the emulator's own words; answers the message's id. */
  personSends(what: unknown): Promise<string>;
}

/** Ids that samples can refer to: of a message from us to the person, and of one from the person to us. */
export interface Known {
  readonly sent: string;
  readonly received: string;
}
export interface OutboundSample<T extends OutboundContent> {
  readonly content: T;
  /** The body that the carrier's documentation prints for it, a form as an object; `UPLOADED` stands for the id, the address or the base64 of the file. */
  readonly body: unknown;
  /** Given to the carrier as it takes files (`media.takes`), where the content has one. */
  readonly file?: MediaFile;
}
export interface InboundSample {
  readonly wire: unknown;
  readonly content: Partial<Content> & Pick<Content, 'type'>;
  /** What fetching its file must give. */
  readonly file?: Buffer;
}

export interface ContractCase {
  readonly provider: Provider;
  /** Runs it and tells when it is ready; it stops with the suite. */
  startCarrier(): Promise<CarrierEmulator & { stop(): Promise<void> }>;
  readonly outbound: { readonly [T in OutboundContent['type']]?: (known: Known) => OutboundSample<Extract<OutboundContent, { type: T }>> };
  readonly inbound: Readonly<Record<string, (known: Known) => InboundSample>>;
  /** Error codes of the carrier for two of the outcomes. */
  readonly codes: { readonly rejected: number; readonly retry: number };
  /** `bytes`: webhooks are signed. `caller`: they come with a secret that we told the carrier, whatever is in them. */
  readonly proves: 'bytes' | 'caller';
  /** Statuses carry our own id. */
  readonly correlates: boolean;
}

const TIMEOUT_MS = 5_000;
const SHORT_MS = 1_000;
const WRONG_ID = 'no-such-id';
const WRONG_SECRET = 'wrong-but-long-enough';

/** What every provider must pass, against a real carrier emulator over real HTTP. */
export function contractSuite({ provider, startCarrier, outbound, inbound, codes, proves, correlates }: ContractCase): void {
  describe(`${provider.type} fills the contract`, () => {
    const http = createHttp({ trust: 'carrier' });
    const media = createHttp({ trust: 'media' });
    const callback = new Callback((query) => provider.push?.handshake?.(query, carrier.secrets));
    /** Everything that left, and everything the provider said: secrets are looked for in both at the end. */
    const requests: HttpRequest[] = [];
    const said: unknown[] = [];
    const recorded: HttpClient = {
      request: (request) => {
        requests.push(request);
        return http.request(request);
      },
    };
    let carrier: Awaited<ReturnType<typeof startCarrier>>;
    let context: CarrierContext;
    let known: Known;

    before(async () => {
      carrier = await startCarrier();
      await callback.listen();
      context = { http: recorded, credentials: carrier.credentials, timeoutMs: TIMEOUT_MS, webhookUrl: callback.url };
      if (provider.setup?.subscribe) assert.equal(await provider.setup.subscribe(context, { url: callback.url, secrets: carrier.secrets }), undefined);
      else await carrier.point(callback.url);
      known = { received: await carrier.personSends({ type: 'text', text: 'hola' }), sent: await acceptedId(text('hola')) };
    });
    after(async () => {
      callback.close();
      await Promise.all([http.close(), media.close()]);
      await carrier.stop();
    });

    const text = (words: string): OutboundContent => ({ type: 'text', text: words });
    async function send(content: OutboundContent, over: Partial<CarrierContext> & { correlation?: string; file?: MediaFile } = {}): Promise<SendOutcome> {
      const outcome = await provider.send({ ...context, ...over }, { to: carrier.person, content, correlation: over.correlation ?? 'msg_contract', ...(over.file && { file: over.file }) });
      said.push(outcome);
      return outcome;
    }
    async function acceptedId(content: OutboundContent, over: { correlation?: string; file?: MediaFile } = {}): Promise<string> {
      const outcome = await send(content, over);
      assert.equal(outcome.outcome, 'accepted', JSON.stringify(outcome));
      return outcome.outcome === 'accepted' ? outcome.remote_id : '';
    }
    function errorOf(outcome: SendOutcome): CarrierError {
      assert.ok(outcome.outcome !== 'accepted', 'it was accepted');
      assert.ok(outcome.error.title.length > 0 && outcome.error.code.length > 0);
      return outcome.error;
    }
    const isPerson = (peer: Peer | undefined) => carrier.person.addresses.some((a) => peer?.addresses.some((b) => a.kind === b.kind && a.value === b.value));

    test('declares its credentials, contents and pace', () => {
      const names = provider.fields.map((f) => f.name);
      assert.equal(new Set(names).size, names.length);
      for (const field of provider.fields) assert.ok(field.help.length > 10 && (!field.required || carrier.credentials[field.name]), field.name);
      assert.deepEqual([...provider.contents].sort(), Object.keys(outbound).sort(), 'each declared content has a case, and no other');
      assert.ok(provider.limits.perSecond > 0 && provider.limits.inFlight > 0 && provider.limits.pair.burst > 0);
    });

    /** A file on its way to the carrier, and what of it is in the message. */
    async function handOver(file: MediaFile): Promise<{ media: { id?: string; remote_id?: string; link?: string; filename?: string }; shown: string; file?: MediaFile }> {
      switch (provider.media?.takes) {
        case 'upload': {
          const uploaded = await provider.media.upload!(context, file);
          assert.ok('id' in uploaded, JSON.stringify(uploaded));
          return { media: { remote_id: uploaded.id }, shown: uploaded.id };
        }
        case 'link': {
          const link = callback.serve(file);
          return { media: { link }, shown: link };
        }
        case 'data':
          return { media: { id: 'med_contract', filename: file.filename }, shown: file.data.toString('base64'), file };
        case undefined:
          throw new Error('the provider takes no files');
      }
    }

    test('declares one way for files to come and one for them to go', () => {
      if (!provider.media) return;
      assert.notEqual(provider.media.locate === undefined, provider.media.fetch === undefined);
      assert.equal(provider.media.takes === 'upload', provider.media.upload !== undefined);
    });

    for (const [type, sample] of Object.entries(outbound)) {
      test(`sends ${type} as the carrier documents it`, async () => {
        const { content: given, body, file } = sample(known);
        let content = OutboundContent.parse(given);
        let expected = JSON.stringify(body);
        let handed: MediaFile | undefined;
        if (file && 'media' in content) {
          const handover = await handOver(file);
          content = { ...content, media: { ...content.media, mime_type: file.mime_type, ...handover.media } };
          expected = expected.replaceAll('UPLOADED', handover.shown);
          handed = handover.file;
        }
        assert.equal(provider.check(content), undefined);
        const id = await acceptedId(content, handed && { file: handed });
        assert.ok((await carrier.accepted()).includes(id));
        assert.partialDeepStrictEqual(bodyOf(requests.at(-1)!), JSON.parse(expected));
      });
    }

    test('refuses what the carrier would, in words', () => {
      const error = provider.check(text('x'.repeat(70_000)));
      assert.equal(error?.class, 'permanent');
      assert.match(error.title, /70000/);
    });

    test('rejected: the carrier says no', async () => {
      await carrier.fault({ code: codes.rejected });
      const outcome = await send(text('no'));
      assert.equal(outcome.outcome, 'rejected');
      assert.equal(errorOf(outcome).code, String(codes.rejected));
    });

    test('retry: the carrier says not now, or was not reached; nothing was accepted', async () => {
      const before = await carrier.accepted();
      await carrier.fault({ code: codes.retry });
      const later = await send(text('later'));
      assert.ok(later.outcome === 'retry' && later.after_ms! > 0, JSON.stringify(later));
      const nowhere: HttpClient = { request: (r) => http.request({ ...r, url: r.url.replace(/^http:\/\/[^/]+/, 'http://127.0.0.1:1') }) };
      assert.equal((await send(text('unreached'), { http: nowhere })).outcome, 'retry');
      assert.deepEqual(await carrier.accepted(), before);
      assert.equal((await send(text('now'))).outcome, 'accepted');
    });

    test('unknown: the answer got lost after the carrier accepted', async () => {
      for (const fault of ['drop', 'silence'] as const) {
        const before = (await carrier.accepted()).length;
        await carrier.fault(fault);
        const outcome = await send(text(fault), { timeoutMs: SHORT_MS });
        assert.deepEqual([fault, outcome.outcome, errorOf(outcome).class], [fault, 'unknown', 'unknown']);
        assert.equal((await carrier.accepted()).length, before + 1);
      }
    });

    test('statuses come back with our id and the person', async () => {
      const id = await acceptedId(text('hola'), { correlation: 'msg_status' });
      for (const status of ['sent', 'delivered'] as const) {
        const { event } = await callback.find((e) => e.kind === 'status' && e.remote_id === id && e.status === status, provider);
        assert.ok(event.kind === 'status' && event.correlation === (correlates ? 'msg_status' : undefined) && isPerson(event.peer), JSON.stringify(event));
      }
    });

    for (const [name, sample] of Object.entries(inbound)) {
      test(`reads ${name}`, async () => {
        const { wire, content, file } = sample(known);
        const id = await carrier.personSends(wire);
        const { event, request } = await callback.find((e) => e.kind === 'message' && e.remote_id === id, provider);
        assert.equal(provider.push?.verify(request, carrier.secrets), true);
        assert.ok(event.kind === 'message' && event.direction === 'in' && isPerson(event.peer));
        assert.partialDeepStrictEqual(event.content, content);
        if (file === undefined) return;
        assert.ok(provider.media && 'media' in event.content);
        if (provider.media.fetch) {
          const handed = await provider.media.fetch(context, event.content.media.remote_id!, 1_000_000);
          assert.ok('data' in handed, JSON.stringify(handed));
          return assert.deepEqual(handed.data, file);
        }
        const place = await provider.media.locate!(context, event.content.media.remote_id!);
        assert.ok('url' in place, JSON.stringify(place));
        const fetched = await media.request({ method: 'GET', url: place.url, headers: place.headers, timeoutMs: TIMEOUT_MS });
        assert.deepEqual([fetched.status, fetched.body], [200, file]);
        if (place.size !== undefined) assert.equal(place.size, file.length);
      });
    }

    test('a file that does not exist is an error, not an exception', async () => {
      if (!provider.media) return;
      for (const id of ['404', '../../x', '', '..']) {
        const place = provider.media.fetch ? await provider.media.fetch(context, id, 1_000) : await provider.media.locate!(context, id);
        said.push(place);
        assert.ok('class' in place, id);
      }
    });

    test('webhooks are believed with our secret only, where they are signed over the very bytes', () => {
      const { verify } = provider.push!;
      const [request] = callback.requests;
      assert.ok(request && verify(request, carrier.secrets));
      const changed = Buffer.from(request.raw);
      changed[changed.length - 2]! ^= 1;
      assert.equal(verify({ ...request, raw: changed }, carrier.secrets), proves === 'caller');
      assert.equal(verify({ ...request, headers: {} }, carrier.secrets), false);
      assert.equal(verify(request, { ...carrier.secrets, appSecret: 'another' }), false);
      assert.equal(verify(request, { ...carrier.secrets, appSecret: '' }), false);
    });

    test('marks as read', async () => {
      if (!provider.presence) return;
      const { markRead } = provider.presence;
      for (const typing of [false, true]) assert.equal(await markRead(context, { remote_id: known.received, peer: carrier.person, typing }), true);
      assert.equal(await markRead(context, { remote_id: 'none-such', peer: carrier.person, typing: true }), false);
    });

    test('templates: made, listed, told of, filled in and sent outside of any window, removed', async () => {
      if (!provider.templates) return assert.ok(!provider.contents.has('template'));
      const { list, create, remove, told, fill } = provider.templates;
      const body = { type: 'BODY', text: 'Hola {{1}}, su trámite {{2}} está listo para retirar.', example: { body_text: [['Ana', '77']] } };
      const made = await create(context, { name: 'contrato_listo', language: 'es', category: 'utility', components: [body] });
      assert.ok('remote_id' in made, JSON.stringify(made));
      if (told) {
        const { event } = await callback.find((e) => e.kind === 'account' && told(e.field, e.payload)?.remote_id === made.remote_id, provider);
        assert.ok(event.kind === 'account');
        assert.equal(told(event.field, event.payload)?.status, 'approved');
        for (const nothing of [null, [], 'x', {}, { event: 'APPROVED' }]) assert.equal(told(event.field, nothing), undefined);
      }
      const all = await list(context);
      assert.ok(!('class' in all), JSON.stringify(all));
      const template = all.find((t) => t.remote_id === made.remote_id);
      assert.partialDeepStrictEqual(template, { name: 'contrato_listo', language: 'es', category: 'utility', status: 'approved', variables: [{ name: '1' }, { name: '2' }] });
      assert.equal(misfit(template!, { 1: 'Luz', 2: '8' }), undefined);
      const content = fill(template!, { 1: 'Luz', 2: '8' });
      assert.equal(content.preview, 'Hola Luz, su trámite 8 está listo para retirar.');
      assert.equal(provider.check(content), undefined);
      const sent = await acceptedId(content);
      assert.ok((await carrier.accepted()).includes(sent));
      assert.equal(await remove(context, template!), undefined);
      const after = await list(context);
      assert.ok(!('class' in after) && !after.some((t) => t.remote_id === made.remote_id));
      const refused = await create(context, { name: 'con_errores', language: 'es', category: 'utility', components: [{ type: 'BODY', text: '{{1}}' }] });
      said.push(refused);
      assert.ok('class' in refused && refused.title.length > 10);
      assert.equal((await list({ ...context, credentials: {} }) as CarrierError).class, 'config');
    });

    test('setup tells whether the number works, and in words why not', async () => {
      if (!provider.setup) return;
      const probe = await provider.setup.probe(context);
      assert.ok(probe.ok && probe.display.length > 0, JSON.stringify(probe));
      assert.ok((provider.limitsFor?.(probe.info) ?? provider.limits).perSecond > 0);
      for (const { name, secret } of provider.fields.filter((f) => f.required)) {
        const wrong = { ...context, credentials: { ...context.credentials, [name]: secret ? WRONG_SECRET : WRONG_ID } };
        const result = await provider.setup.probe(wrong);
        said.push(result);
        if (!result.ok) assert.match(`${result.error.class} ${result.error.title}`, /^(credentials|config) .{20}/, name);
        const missing = await provider.setup.probe({ ...context, credentials: { ...context.credentials, [name]: '' } });
        if (!result.ok) assert.ok(!missing.ok && missing.error.class === 'config', name);
      }
      if (provider.setup.subscription) {
        assert.deepEqual((await provider.setup.subscription(context, callback.url)).state, 'here');
        assert.deepEqual((await provider.setup.subscription(context, 'https://another.example/webhook')).state, 'elsewhere');
      }
      if (!provider.push?.handshake || !provider.setup.subscribe) return;
      const refused = await provider.setup.subscribe(context, { url: callback.url, secrets: { ...carrier.secrets, verifyToken: WRONG_SECRET } });
      said.push(refused);
      assert.equal(refused?.class, 'config');
    });

    test('no secret is in a URL, a body, an outcome or an error', () => {
      assert.ok(requests.length > Object.keys(outbound).length);
      for (const { name } of provider.fields.filter((f) => f.secret)) {
        const secret = carrier.credentials[name];
        if (secret === undefined) continue;
        // What the carrier shall show us, it must be told once.
        const told = proves === 'caller' && secret === carrier.secrets.appSecret;
        for (const { url, body } of requests) assert.ok(!url.includes(secret) && (told || !(typeof body === 'string' && body.includes(secret))), name);
        assert.ok(!JSON.stringify(said).includes(secret) && !JSON.stringify(said).includes(WRONG_SECRET), name);
      }
    });
  });
}

/** What a request said, JSON or a form. */
function bodyOf({ body, headers = {} }: HttpRequest): unknown {
  const text = String(body);
  return headers['content-type'] === 'application/x-www-form-urlencoded' ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
}

/** Where the carrier calls: answers handshakes, keeps what came byte by byte, has files to fetch. */
class Callback {
  readonly requests: WebhookRequest[] = [];
  url = '';
  readonly #files: MediaFile[] = [];
  readonly #server;
  #arrived = Promise.withResolvers<void>();

  constructor(handshake: (query: Readonly<Record<string, string | undefined>>) => string | undefined) {
    this.#server = createServer((req, res) => {
      const file = req.method === 'GET' && /^\/files\/(\d+)$/.exec(req.url!);
      if (file) {
        const { data, mime_type } = this.#files[Number(file[1])]!;
        res.writeHead(200, { 'content-type': mime_type }).end(data);
        return;
      }
      if (req.method === 'GET') {
        const challenge = handshake(Object.fromEntries(new URL(req.url!, 'http://x').searchParams));
        res.writeHead(challenge === undefined ? 403 : 200, { 'content-type': 'text/plain' }).end(challenge);
        return;
      }
      const parts: Buffer[] = [];
      req.on('data', (part: Buffer) => parts.push(part));
      req.on('end', () => {
        this.requests.push({ headers: req.headers, raw: Buffer.concat(parts), url: new URL(req.url!, this.url).href, ip: req.socket.remoteAddress!, at: Date.now() });
        res.end();
        this.#arrived.resolve();
        this.#arrived = Promise.withResolvers();
      });
    });
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhook`;
  }

  /** An address under which the file can be fetched. */
  serve(file: MediaFile): string {
    return new URL(`/files/${this.#files.push(file) - 1}`, this.url).href;
  }

  /** The first event that fits, come or yet to come, and the request that brought it. */
  async find(fits: (event: InboundEvent) => boolean, { push }: Provider): Promise<{ event: InboundEvent; request: WebhookRequest }> {
    for (;;) {
      const more = this.#arrived.promise;
      for (const request of this.requests) {
        const event = push!.parse(push!.receipt?.(request) ?? request.raw).find(fits);
        if (event) return { event, request };
      }
      await more;
    }
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

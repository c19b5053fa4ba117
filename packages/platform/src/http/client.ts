import { performance } from 'node:perf_hooks';
import { parseAllowlist } from './addresses.ts';
import { HttpError } from './errors.ts';
import { exchange, type Head, type Sink } from './exchange.ts';
import { createGuard } from './guard.ts';
import { Pools } from './pools.ts';
import { BufferSink, FileSink, discard } from './sinks.ts';
import type { Http, HttpOptions, HttpRequest } from './types.ts';

const MAX_REDIRECTS = 3;
const DEFAULT_MAX_BYTES = 1024 * 1024;
/** What may follow a redirect to another origin; anything else could be a secret meant for the first one. */
const HARMLESS = new Set(['accept', 'accept-language', 'content-type', 'user-agent', 'range']);

/**
 * A client for one level of trust.
 * carrier: goes where it is told, follows no redirect. customer: guarded against reaching inside (addresses are checked
 * and pinned when connecting, again at every redirect). media: the first host is trusted by its caller, a redirect to
 * another origin is guarded. Where redirects are followed, at most 3, never from https to http, and only harmless
 * headers go to another origin. Constructing does no IO.
 */
export function createHttp(options: HttpOptions): Http {
  const { trust } = options;
  const guard = createGuard(parseAllowlist(options.allow ?? []));
  const pools = new Pools({
    connections: options.connections ?? (trust === 'carrier' ? 64 : 16),
    maxPools: options.maxPools ?? 64,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
  });

  async function run(request: HttpRequest, open: (head: Head) => Sink): Promise<Head> {
    const ends = performance.now() + request.timeoutMs;
    let url = parseUrl(request.url);
    let { method, body } = request;
    let headers: Readonly<Record<string, string>> = prepare(request);
    const home = url.origin;
    for (let hop = 0; ; hop++) {
      const guarded = trust === 'customer' || (trust === 'media' && url.origin !== home);
      let target: URL | undefined;
      try {
        if (guarded) guard.checkUrl(url);
        const pool = pools.get(url.origin, guarded ? guard.lookup : undefined);
        if (!pool) throw new HttpError('connect', 'the HTTP client is closed', { sent: false });
        const head = await exchange(pool, {
          url, method, headers, body,
          timeoutMs: Math.max(1, ends - performance.now()),
          maxBytes: request.maxBytes ?? DEFAULT_MAX_BYTES,
          open: (h) => {
            target = trust === 'carrier' || request.redirects === false ? undefined : redirectTarget(url, h);
            return target ? discard : open(h);
          },
        });
        if (!target) return head;
        if (hop === MAX_REDIRECTS) throw new HttpError('blocked', `${home} redirects more than ${MAX_REDIRECTS} times`, { sent: true });
        if (url.protocol === 'https:' && target.protocol === 'http:') {
          throw new HttpError('blocked', `${url.origin} redirects from https to http`, { sent: true });
        }
        // RFC 9110 §15.4: 303 always, and 301/302 by custom, turn anything but GET into GET; 307 and 308 repeat the request.
        if (method !== 'GET' && (head.status === 303 || ((head.status === 301 || head.status === 302) && method === 'POST'))) {
          method = 'GET';
          body = undefined;
          headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')));
        }
        if (target.origin !== url.origin) headers = Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name)));
        url = target;
      } catch (error) {
        // After a redirect the first request did leave.
        if (hop > 0 && error instanceof HttpError && !error.sent) throw new HttpError(error.kind, error.message, { sent: true, code: error.code });
        throw error;
      }
    }
  }

  return {
    async request(request) {
      const sink = new BufferSink();
      const head = await run(request, () => sink);
      return { status: head.status, headers: head.headers, body: sink.body() };
    },
    async requestToFile(request, path) {
      let sink: FileSink | undefined;
      try {
        const head = await run(request, (h) => (h.status >= 200 && h.status < 300 ? (sink = new FileSink(path)) : discard));
        const { size, sha256 } = sink ? await sink.finish() : { size: 0, sha256: '' };
        return { status: head.status, headers: head.headers, size, sha256 };
      } catch (error) {
        await sink?.drop();
        throw error;
      }
    },
    close: () => pools.close(),
  };
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new HttpError('invalid_url', 'the URL must be absolute and begin with http:// or https://', { sent: false });
  }
  if (url.username !== '' || url.password !== '') {
    throw new HttpError('invalid_url', `the URL of ${url.origin} holds a user name or password; put them into a header`, { sent: false });
  }
  return url;
}

function redirectTarget(from: URL, head: Head): URL | undefined {
  const location = head.headers['location'];
  if (location === undefined || ![301, 302, 303, 307, 308].includes(head.status)) return undefined;
  const target = URL.parse(location, from.href);
  if (!target || (target.protocol !== 'http:' && target.protocol !== 'https:') || target.username !== '' || target.password !== '') {
    throw new HttpError('blocked', `${from.origin} redirects to something that is not a plain web address`, { sent: true });
  }
  return target;
}

function prepare({ headers = {}, body }: HttpRequest): Record<string, string> {
  const out: Record<string, string> = { 'user-agent': 'centralita' };
  for (const name in headers) out[name.toLowerCase()] = headers[name]!;
  if (Array.isArray(body)) out['content-length'] = String(body.reduce((sum, part) => sum + part.length, 0));
  return out;
}

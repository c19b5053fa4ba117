import type { IncomingMessage } from 'node:http';
import { authenticate, isListed, isOwnOrigin, loginToken, requirePermission, type Caller } from '../modules/companies/index.ts';
import type { Runtime } from '../runtime.ts';

/** Who watches: the cookie's token, or an API key or token of another system; asked again from time to time. */
export type Credentials = { readonly cookie: string | undefined } | { readonly apiKey: string; readonly tenant: string | undefined; readonly ip: string };

/** What a Socket.IO handshake has of its caller. */
interface Handshake {
  readonly auth: unknown;
  readonly request: IncomingMessage;
}

/** A page of ours, a system that is no page, or a page of CORS_ORIGINS (which must send a key). */
export function mayConnect(rt: Runtime, { headers }: IncomingMessage): boolean {
  return isOwn(rt, headers) || rt.config.corsOrigins.includes(String(headers.origin).toLowerCase());
}
const isOwn = (rt: Runtime, { origin, host }: IncomingMessage['headers']): boolean => isOwnOrigin(rt.config.publicUrl, { origin, host });

/** A key given by a system (`auth.apiKey`, which browsers can send, or the headers of the API), else the cookie of a page of ours. */
export function credentialsOf(rt: Runtime, { auth, request }: Handshake): Credentials {
  const { headers } = request;
  const given = auth as { apiKey?: unknown; tenant?: unknown };
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const apiKey = typeof given.apiKey === 'string' ? given.apiKey : headers['x-api-key'] ?? headers['apikey'] ?? bearer;
  if (typeof apiKey !== 'string' || apiKey === '') return { cookie: isOwn(rt, headers) ? loginToken(headers.cookie) : undefined };
  const tenant = given.tenant ?? headers['x-tenant-id'];
  return { apiKey, tenant: typeof tenant === 'string' ? tenant : undefined, ip: addressOf(rt, request) };
}

/** The caller, who may read. Throws what `authenticate` throws, and `companies.forbidden`. */
export async function watcher(rt: Runtime, credentials: Credentials): Promise<Caller> {
  const caller = await authenticate(rt, credentials);
  requirePermission(caller, 'whatsapp:read');
  return caller;
}

/** Where it comes from, behind the proxies of TRUST_PROXY: as Fastify reckons it for requests. */
function addressOf(rt: Runtime, { socket, headers }: IncomingMessage): string {
  const { trustProxy } = rt.config;
  const hops = [socket.remoteAddress ?? '', ...String(headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim()).filter((hop) => hop !== '').reverse()];
  const trusted = (hop: string, n: number): boolean =>
    (typeof trustProxy === 'boolean' ? trustProxy : typeof trustProxy === 'number' ? n < trustProxy : isListed(hop, trustProxy.split(',')));
  return hops.find((hop, n) => !trusted(hop, n)) ?? hops.at(-1) ?? '';
}

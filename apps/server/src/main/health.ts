import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { encodeId } from '@centralita/kernel';
import { reachOf } from '../modules/accounts/index.ts';
import { callerOf } from '../modules/companies/index.ts';
import { lineHealth, type LineHealth } from '../modules/delivery/index.ts';
import { sessionsHealth, type SessionsHealth } from '../modules/web-sessions/index.ts';
import type { Runtime } from '../runtime.ts';

/** How the process is, as its owner sees it. */
export interface Health {
  readonly version: string;
  readonly role: string;
  readonly startedAt: number;
  /** False while it starts and once it stops: balancers should look elsewhere. */
  ready(): boolean;
}

/**
 * `/health`: the process answers. `/health/ready`: it may be given work (503 while the database is away or it is stopping).
 * `/health/db`: the database in more detail. `/health/whatsapp`: 503 while a line cannot send; with a key (`whatsapp:read`) the lines of
 * its company one by one, without one only how many of all there are. `/health/whatsapp-node`: the same of WhatsApp Web sessions and their hosts; 503 while
 * sessions should run and no host does. `/metrics`: Prometheus, from this machine or with the key of a platform administrator: it tells of every company.
 */
export function healthRoutes(app: FastifyInstance, rt: Runtime, health: Health): void {
  app.get('/health', async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return { status: 'ok', version: health.version, role: health.role, uptime_seconds: Math.round((rt.clock.now() - health.startedAt) / 1000) };
  });

  app.get('/health/ready', async (_request, reply) => {
    const database = await ask(rt);
    const ready = database.ok && health.ready();
    void reply.header('cache-control', 'no-store').code(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not ready', database: database.ok ? 'ok' : 'away', server: health.ready() ? 'ok' : 'starting or stopping' };
  });

  app.get('/health/db', async (_request, reply) => {
    const database = await ask(rt);
    void reply.header('cache-control', 'no-store').code(database.ok ? 200 : 503);
    return { status: database.ok ? 'ok' : 'away', milliseconds: database.ms, version: database.version, embedded: rt.config.embedded, pool: rt.db.connections() };
  });

  let nodes: { readonly at: number; readonly health: Promise<SessionsHealth> } | undefined;
  let seen: { readonly at: number; readonly lines: Promise<LineHealth[]> } | undefined;
  app.get('/health/whatsapp', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    const caller = isNamed(request) ? await callerOf(rt, request, 'whatsapp:read') : undefined;
    // Whoever has no key may ask often, but not make us look often.
    if (!caller && (!seen || rt.clock.now() - seen.at > LINES_MS)) seen = { at: rt.clock.now(), lines: lineHealth(rt) };
    const lines = caller ? await lineHealth(rt, caller.company.id) : await seen!.lines.catch((error: unknown) => {
      seen = undefined;
      throw error;
    });
    const count = (state: LineHealth['state']): number => lines.filter((l) => l.state === state).length;
    void reply.code(count('down') === 0 ? 200 : 503);
    return {
      status: count('down') > 0 ? 'down' : count('degraded') > 0 ? 'degraded' : 'ok', lines: { up: count('up'), degraded: count('degraded'), down: count('down'), waiting: count('waiting') },
      ...(caller && { accounts: lines.map(showLine) }),
    };
  });

  app.get('/health/whatsapp-node', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    const caller = isNamed(request) ? await callerOf(rt, request, 'whatsapp:read') : undefined;
    if (!caller && (!nodes || rt.clock.now() - nodes.at > LINES_MS)) nodes = { at: rt.clock.now(), health: sessionsHealth(rt, null) };
    const health = caller ? await sessionsHealth(rt, caller.company.id) : await nodes!.health.catch((error: unknown) => {
      nodes = undefined;
      throw error;
    });
    const reach = caller ? await reachOf(rt, caller) : null;
    void reply.code(health.status === 'down' ? 503 : 200);
    return {
      status: health.status, sessions: health.sessions,
      hosts: health.hosts.map((h) => ({ id: h.id, engine: h.engine, sandbox: h.sandbox, sessions: h.sessions, capacity: h.capacity, rss_bytes: h.rss_bytes, draining: h.draining, version: h.version })),
      ...(health.problem !== null && isFromHere(request) && { problem: health.problem }),
      ...(caller && { accounts: health.rows.filter((s) => reach === null || reach.has(s.account_id)).map(showNode) }),
    };
  });

  app.get('/metrics', async (request, reply) => {
    if (!isFromHere(request)) await callerOf(rt, request, 'platform:admin');
    await countLanes(rt);
    void reply.header('cache-control', 'no-store').type(rt.metrics.registry.contentType);
    return rt.metrics.registry.metrics();
  });
}

/** How long what is known of all lines is told again. */
const LINES_MS = 5000;

const isNamed = ({ headers }: FastifyRequest): boolean => ['x-api-key', 'apikey', 'authorization'].some((name) => headers[name] !== undefined);

const showNode = (s: SessionsHealth['rows'][number]): object => ({
  account_id: encodeId('acc', s.account_id), session_id: encodeId('sess', s.id), session_name: s.name, engine: s.engine, state: s.state, wanted: s.wanted, reason: s.reason_code, since: s.state_since.toISOString(), host: s.host?.id ?? null,
});

const showLine = ({ account_id, name, state, routes }: LineHealth): object => ({
  account_id: encodeId('acc', account_id), name, state,
  routes: routes.map((r) => ({ id: encodeId('rt', r.id), account_type: r.provider, phone_number: r.phone === null ? null : `+${r.phone}`, state: r.state, problems: r.problems })),
});

/** The intake's connections: their patience is short, and acknowledging is what matters most. */
async function ask(rt: Runtime): Promise<{ ok: boolean; ms: number; version?: string }> {
  const begun = performance.now();
  const rows = await rt.intakeDb.query<{ version: string }>("select current_setting('server_version') as version").catch(() => undefined);
  const ms = Math.round((performance.now() - begun) * 10) / 10;
  return rows ? { ok: true, ms, version: rows[0]?.version } : { ok: false, ms };
}

async function countLanes(rt: Runtime): Promise<void> {
  // A database that is away is no reason to hide the other figures.
  const kinds = await rt.lanes.statistics().catch(() => undefined);
  if (!kinds) return;
  rt.metrics.lanesPending.reset();
  rt.metrics.lanesDue.reset();
  for (const { kind, pending, due } of kinds) {
    rt.metrics.lanesPending.set({ kind }, pending);
    rt.metrics.lanesDue.set({ kind }, due);
  }
}

/** From this machine itself: not passed on by a proxy or a tunnel that runs here. */
function isFromHere(request: FastifyRequest): boolean {
  const passedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'via'].some((name) => request.headers[name] !== undefined);
  const address = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  return !passedOn && (address === '::1' || (isIP(address) === 4 && address.startsWith('127.')));
}

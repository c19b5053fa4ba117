import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MoveSession, SessionQuery, StartSession, type Session, type SessionDetails, type SessionList, type SessionQr } from '@centralita/contracts/api';
import { encodeId } from '@centralita/kernel';
import type { Pairing } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, reachOf, routeById } from '../accounts/index.ts';
import { audit, callerOf, may, type Caller } from '../companies/index.ts';
import { codesOf, listHosts, listSessions, logoutSession, moveSession, pictureOf, restartSession, startSession, stopSession, viewSession, type SessionRow } from '../web-sessions/index.ts';
import { errors } from './errors.ts';
import { phoneOf } from './send-messages.ts';
import { linkedRoute, type Linked } from './session-route.ts';
import { detailsOf } from './show-account.ts';
import { listedSession, sessionDetails, showHost, showSession, statusOf } from './show-session.ts';

type ById = FastifyRequest<{ Params: { id: string } }>;

/** WhatsApp Web sessions: those that this server runs, and those of carriers that are linked with a phone; other lines say that they have none. */
export function sessionRoutes(app: FastifyInstance, rt: Runtime): void {
  app.post('/api/accounts/:id/session', async (request: ById): Promise<Session> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const body = StartSession.parse(request.body ?? {});
    const linked = await linkedRoute(rt, caller, { id: request.params.id, type: body.session_type, route_id: body.route_id });
    const phone = body.phone_number === undefined ? undefined : phoneOf(body.phone_number);
    await note(rt, caller, linked, body.restart ? 'session.restarted' : 'session.started');
    if (linked.hosted) return showSession(body.restart ? await restartSession(rt, linked.route) : await startSession(rt, linked.route, { phone }), linked.route);
    const pairing = await pair(rt, linked, phone);
    return elsewhere(rt, caller, { linked, status: pairedStatus(pairing), detail: null });
  });

  app.get('/api/accounts/:id/session', async (request: ById, reply): Promise<SessionDetails> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const linked = await asked(rt, caller, request);
    void reply.header('cache-control', 'no-store');
    const view = linked.hosted ? await viewSession(rt, linked.route) : undefined;
    if (!view) return detailsElsewhere(rt, caller, linked);
    const mayLink = may(caller, 'whatsapp:admin');
    return sessionDetails(view.session, linked.route, { log: view.log, hosts: await listHosts(rt), mayLink, picture: mayLink ? await pictureOf(rt, view.session) : null });
  });

  app.get('/api/accounts/:id/session/status', async (request: ById): Promise<Session> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const linked = await asked(rt, caller, request);
    const view = linked.hosted ? await viewSession(rt, linked.route) : undefined;
    return view ? showSession(view.session, linked.route) : probed(rt, caller, linked);
  });

  app.get('/api/accounts/:id/session/qr', async (request: ById, reply: FastifyReply): Promise<SessionQr | FastifyReply> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const linked = await asked(rt, caller, request);
    void reply.header('cache-control', 'no-store');
    const shown = await codes(rt, linked);
    const png = /^data:image\/png;base64,(.+)$/.exec(shown.picture ?? '')?.[1];
    if (png !== undefined && /image\/(png|\*)/.test(request.headers.accept ?? '')) return reply.type('image/png').send(Buffer.from(png, 'base64'));
    return shown;
  });

  const changing = (path: string, action: string, work: (linked: Linked, request: ById) => Promise<SessionRow>): void => {
    app.post(`/api/accounts/:id/session/${path}`, async (request: ById): Promise<Session> => {
      const caller = await callerOf(rt, request, 'whatsapp:admin');
      const { route_id } = SessionQuery.parse(request.body ?? {});
      const linked = await linkedRoute(rt, caller, { id: request.params.id, route_id });
      if (!linked.hosted) throw errors.session_elsewhere();
      await note(rt, caller, linked, action);
      return showSession(await work(linked, request), linked.route);
    });
  };
  changing('restart', 'session.restarted', ({ route }) => restartSession(rt, route));
  changing('stop', 'session.stopped', ({ route }) => stopSession(rt, route));
  changing('move', 'session.moved', ({ route }, request) => moveSession(rt, route, MoveSession.parse(request.body ?? {}).host_id));

  app.delete('/api/accounts/:id/session', async (request: ById, reply): Promise<FastifyReply> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const linked = await asked(rt, caller, request);
    if (!linked.hosted) throw errors.session_stays();
    await note(rt, caller, linked, 'session.logged_out');
    await logoutSession(rt, linked.route);
    return reply.code(204).send();
  });

  app.get('/api/sessions', async (request): Promise<SessionList> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const reach = await reachOf(rt, caller);
    const sessions: SessionList['sessions'] = [];
    for (const row of await listSessions(rt, caller.company.id)) {
      const route = await routeById(rt, row.route_id);
      if (route && route.status !== 'removed' && (reach === null || reach.has(route.account_id))) sessions.push(listedSession(row, route));
    }
    const kinds = new Set(sessions.map((s) => `${s.engine} ${s.sandbox}`));
    return { sessions, hosts: (await listHosts(rt)).filter((h) => kinds.has(`${h.engine} ${h.sandbox}`)).map(showHost) };
  });
}

const asked = (rt: Runtime, caller: Caller, request: ById): Promise<Linked> => linkedRoute(rt, caller, { id: request.params.id, route_id: SessionQuery.parse(request.query).route_id });

async function note(rt: Runtime, caller: Caller, { route }: Linked, action: string): Promise<void> {
  await rt.db.withCompany(caller.company, (tx) => audit(tx, caller, { action, target: { kind: 'route', id: encodeId('rt', route.id), name: route.sender_id } }));
}

async function codes(rt: Runtime, linked: Linked): Promise<SessionQr> {
  const view = linked.hosted ? await viewSession(rt, linked.route) : undefined;
  if (view) return { session_id: encodeId('sess', view.session.id), status: statusOf(view.session.state), ...codesOf(view.session), picture: await pictureOf(rt, view.session) };
  const pairing = await pair(rt, linked, undefined);
  const waiting = pairing.state === 'waiting' ? pairing : undefined;
  return { session_id: encodeId('sess', linked.route.id), status: pairedStatus(pairing), qr: waiting?.qr ?? null, picture: waiting?.picture ?? null, code: waiting?.code ?? null };
}

async function pair(rt: Runtime, { route, provider }: Linked, phone: string | undefined): Promise<Pairing> {
  const result = await provider.pairing.pair(await carrierContext(rt, route), phone);
  if ('state' in result) return result;
  throw errors.session_failed([result.title, result.detail].filter(Boolean).join(' '));
}

const pairedStatus = (pairing: Pairing): Session['status'] => (pairing.state === 'open' ? 'active' : 'waiting_qr');

/** A session that its carrier runs. */
async function elsewhere(rt: Runtime, caller: Caller, { linked: { account_id, route }, status, detail }: { linked: Linked; status: Session['status']; detail: string | null }): Promise<Session> {
  const account = await detailsOf(rt, caller.company.id, account_id);
  const id = encodeId('acc', account_id);
  return {
    session_id: encodeId('sess', route.id), account_id: id, route_id: encodeId('rt', route.id), session_type: route.provider, status, detail,
    qr_url: status === 'active' ? null : `/api/accounts/${id}/session/qr`, created_at: account.created_at.toISOString(),
  };
}

async function probed(rt: Runtime, caller: Caller, linked: Linked): Promise<Session> {
  const probe = await linked.provider.setup?.probe(await carrierContext(rt, linked.route));
  return elsewhere(rt, caller, { linked, status: probe === undefined || probe.ok ? 'active' : 'closed', detail: probe && !probe.ok ? [probe.error.title, probe.error.detail].filter(Boolean).join(' ') : null });
}

async function detailsElsewhere(rt: Runtime, caller: Caller, linked: Linked): Promise<SessionDetails> {
  const session = await probed(rt, caller, linked);
  const shown = session.status !== 'active' && may(caller, 'whatsapp:admin') ? await codes(rt, linked).catch(() => undefined) : undefined;
  return {
    ...session, name: linked.route.sender_id, engine: null, sandbox: false, wanted: true, reason: null, state_since: null, active_since: null, last_activity_at: null, phone_number: null, profile_name: null,
    platform: null, reconnects: 0, profile_stored_at: null, host: null, qr: shown?.qr ?? null, qr_picture: shown?.picture ?? null, qr_expires_at: null, pairing_code: shown?.code ?? null, pairing_expires_at: null,
    hosts: [], log: [],
  };
}

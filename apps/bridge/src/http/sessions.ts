import type { FastifyReply, FastifyRequest } from 'fastify';
import { PairingCodeBody, ReleaseBody, type BridgeSession, type PairingCodeAnswer, type QrAnswer } from '@centralita/contracts/bridge';
import { errors, fromEngine } from '../errors.ts';
import { listSessions, viewOf, wantSession, type SessionRow } from '../store/find-session.ts';
import { tellHosts } from '../store/leases.ts';
import { sessionHere, sessionRow, type Api } from './context.ts';
import { qrPng, qrText } from './picture.ts';

type Named = FastifyRequest<{ Params: { session: string }; Querystring: { format?: string } }>;
type Asked = FastifyRequest<{ Querystring: { session?: string; format?: string } }>;

/** The session in the query, as the second source document's names have it (C8). */
export function asked(request: FastifyRequest): string {
  const { session } = request.query as { session?: string };
  if (!session) throw errors.invalid(undefined, { errors: [{ path: 'session', message: 'name the session: ?session=…' }] });
  return session;
}

/** Sessions: what there are, their codes and states, starting and ending them. */
export function sessionRoutes(api: Api): void {
  const { app, host } = api;
  const { db } = host.rt;

  app.get('/sessions', async () => ({ sessions: (await listSessions(db, { engine: host.engine.name, sandbox: host.sandbox })).map((row) => viewOf(row, host.id)) }));
  const status = async (named: string): Promise<BridgeSession> => viewOf(await sessionRow(api, named), host.id);
  app.get('/status/:session', (request: Named) => status(request.params.session));
  app.get('/api/session/status', (request) => status(asked(request)));

  const qr = async (named: string, request: Named | Asked, reply: FastifyReply): Promise<FastifyReply> => showQr(await sessionRow(api, named), { request, reply });
  app.get('/qr/:session', (request: Named, reply) => qr(request.params.session, request, reply));
  app.get('/api/session/qr', (request: Asked, reply) => qr(asked(request), request, reply));

  const start = async (named: string): Promise<BridgeSession> => {
    const row = await sessionRow(api, named);
    if (await wantSession(db, row.id)) await tellHosts(db);
    return status(named);
  };
  app.post('/sessions/:session/start', (request: Named) => start(request.params.session));
  app.post('/api/session/init', (request) => start(asked(request)));

  app.post('/sessions/:session/restart', async (request: Named) => {
    const session = await sessionHere(api, request.params.session);
    await session.restart();
    return status(request.params.session);
  });
  app.post('/sessions/:session/stop', async (request: Named) => {
    await (await sessionHere(api, request.params.session)).close('Stopped by an operator.');
    return status(request.params.session);
  });
  app.post('/sessions/:session/release', async (request: Named) => {
    const { to } = ReleaseBody.parse(request.body ?? {});
    await host.release(await sessionHere(api, request.params.session), to);
    return status(request.params.session);
  });

  const logout = async (named: string): Promise<BridgeSession> => {
    await (await sessionHere(api, named)).logout();
    return status(named);
  };
  app.delete('/session/:session', (request: Named) => logout(request.params.session));
  app.delete('/api/session', (request) => logout(asked(request)));
  app.post('/sessions/:session/logout', (request: Named) => logout(request.params.session));

  app.post('/sessions/:session/pairing-code', async (request: Named): Promise<PairingCodeAnswer> => {
    const { phone } = PairingCodeBody.parse(request.body);
    const session = await sessionHere(api, request.params.session);
    if (!session.engine.pairingCode) throw errors.pairing_unsupported();
    if (session.state !== 'waiting_qr') throw errors.not_waiting(`It is ${session.state}.`);
    const { code, expiresInMs } = await session.engine.pairingCode.request(phone).catch((error: unknown) => {
      throw fromEngine(error);
    });
    await session.showPairingCode(code, expiresInMs);
    return { code, expires_at: new Date(host.rt.clock.now() + expiresInMs).toISOString() };
  });
}

/** As JSON with the picture in it, unless a picture or text is asked for. */
function showQr(row: SessionRow, { request, reply }: { readonly request: Named | Asked; readonly reply: FastifyReply }): FastifyReply {
  if (row.qr === null) throw errors.no_qr(`The session is ${row.state}.`);
  const accepted = request.headers.accept ?? '';
  const format = request.query.format ?? (accepted.startsWith('image/') ? 'png' : accepted.startsWith('text/plain') ? 'text' : 'json');
  void reply.header('cache-control', 'no-store');
  if (format === 'png') return reply.type('image/png').send(qrPng(row.qr));
  if (format === 'text') return reply.type('text/plain; charset=utf-8').send(qrText(row.qr));
  if (format === 'raw') return reply.type('text/plain; charset=utf-8').send(row.qr);
  const answer: QrAnswer = { session_name: row.name, state: row.state, qr: row.qr, picture: `data:image/png;base64,${qrPng(row.qr).toString('base64')}`, expires_at: row.qr_expires_at?.toISOString() ?? null };
  return reply.send(answer);
}

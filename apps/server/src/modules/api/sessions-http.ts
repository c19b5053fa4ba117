import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StartSession, type Session, type SessionQr } from '@centralita/contracts/api';
import { encodeId } from '@centralita/kernel';
import type { PairingCarrier, Pairing, Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, routesOfAccount, type Route } from '../accounts/index.ts';
import { callerOf, type Caller } from '../companies/index.ts';
import { errors } from './errors.ts';
import { ownAccount } from './lines.ts';
import { phoneOf } from './send-messages.ts';
import { detailsOf } from './show-account.ts';

type ById = FastifyRequest<{ Params: { id: string } }>;
type Status = Session['status'];

/** WhatsApp Web sessions of lines whose carrier is paired with a phone; every other line says that it has none. */
export function sessionRoutes(app: FastifyInstance, rt: Runtime): void {
  app.post('/api/accounts/:id/session', async (request: ById): Promise<Session> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const body = StartSession.parse(request.body ?? {});
    const paired = await pairedRoute(rt, caller, { id: request.params.id, type: body.session_type });
    const pairing = await pair(rt, paired, body.phone_number === undefined ? undefined : phoneOf(body.phone_number));
    return show(rt, caller, { paired, status: statusOf(pairing), detail: null });
  });

  app.get('/api/accounts/:id/session/status', async (request: ById): Promise<Session> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const paired = await pairedRoute(rt, caller, { id: request.params.id });
    const probe = await paired.provider.setup?.probe(await carrierContext(rt, paired.route));
    return show(rt, caller, { paired, status: probe === undefined || probe.ok ? 'active' : 'closed', detail: probe && !probe.ok ? [probe.error.title, probe.error.detail].filter(Boolean).join(' ') : null });
  });

  app.get('/api/accounts/:id/session/qr', async (request: ById, reply: FastifyReply): Promise<SessionQr | FastifyReply> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const paired = await pairedRoute(rt, caller, { id: request.params.id });
    const pairing = await pair(rt, paired, undefined);
    void reply.header('cache-control', 'no-store');
    const picture = pairing.state === 'waiting' ? pairing.picture : undefined;
    const png = /^data:image\/png;base64,(.+)$/.exec(picture ?? '')?.[1];
    if (png !== undefined && /image\/(png|\*)/.test(request.headers.accept ?? '')) return reply.type('image/png').send(Buffer.from(png, 'base64'));
    const waiting = pairing.state === 'waiting' ? pairing : undefined;
    return { session_id: encodeId('sess', paired.route.id), status: statusOf(pairing), qr: waiting?.qr ?? null, picture: picture ?? null, code: waiting?.code ?? null };
  });

  app.delete('/api/accounts/:id/session', async (request: ById): Promise<never> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    await pairedRoute(rt, caller, { id: request.params.id });
    throw errors.session_stays();
  });
}

interface Paired {
  readonly account_id: string;
  readonly route: Route;
  readonly provider: Provider & { readonly pairing: PairingCarrier };
}

/** The first route of the account that is paired with a phone. Throws `api.no_web_session`. */
async function pairedRoute(rt: Runtime, caller: Caller, { id, type }: { id: string; type?: string }): Promise<Paired> {
  const account_id = await ownAccount(rt, caller, id);
  const routes = await routesOfAccount(rt, account_id);
  for (const route of routes) {
    const provider = rt.providers[route.provider];
    if (provider?.pairing && (type === undefined || type === route.provider)) return { account_id, route, provider: { ...provider, pairing: provider.pairing } };
  }
  throw errors.no_web_session(`Its carriers: ${routes.map((r) => r.provider).join(', ') || 'none'}.`);
}

async function pair(rt: Runtime, { route, provider }: Paired, phone: string | undefined): Promise<Pairing> {
  const result = await provider.pairing.pair(await carrierContext(rt, route), phone);
  if ('state' in result) return result;
  throw errors.session_failed([result.title, result.detail].filter(Boolean).join(' '));
}

const statusOf = (pairing: Pairing): Status => (pairing.state === 'open' ? 'active' : 'waiting_qr');

async function show(rt: Runtime, caller: Caller, { paired, status, detail }: { paired: Paired; status: Status; detail: string | null }): Promise<Session> {
  const account = await detailsOf(rt, caller.company.id, paired.account_id);
  const id = encodeId('acc', paired.account_id);
  return {
    session_id: encodeId('sess', paired.route.id), account_id: id, session_type: paired.route.provider, status, detail,
    qr_url: status === 'active' ? null : `/api/accounts/${id}/session/qr`, created_at: account.created_at.toISOString(),
  };
}

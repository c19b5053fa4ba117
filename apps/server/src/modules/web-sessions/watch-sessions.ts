import { BRIDGE_CHANNELS, type SessionNotice } from '@centralita/contracts/bridge';
import { encodeId } from '@centralita/kernel';
import { listenTo } from '@centralita/platform/notifications';
import type { Runtime } from '../../runtime.ts';
import { keeperOf } from './keeper.ts';
import { offerCode } from './sandbox-access.ts';
import { codesOf } from './sessions.ts';
import { sessionById } from './store.ts';

/** Changes of one session that come within this time are shown as one. */
const GATHER_MS = 50;

/**
 * Tells screens that a session changed: a hint, upon which a page asks anew. Its codes are shown only to who may link phones, so they are
 * never in it. Every process with screens hears the hosts by itself and shows it to its own and the others' screens at most twice.
 */
export function watchSessions(rt: Runtime): () => Promise<void> {
  const waiting = new Map<string, NodeJS.Timeout>();
  const show = async ({ session_id, company_id }: SessionNotice): Promise<void> => {
    waiting.delete(session_id);
    keeperOf(rt)?.look();
    const session = await sessionById(rt.db, session_id);
    if (!session) return;
    const { qr } = codesOf(session);
    if (session.sandbox && qr !== null) await offerCode(rt, { qr, name: session.name });
    if (!rt.realtime.watched(company_id)) return;
    rt.realtime.emit(company_id, [{
      type: 'session.updated',
      session: { session_id: encodeId('sess', session.id), account_id: encodeId('acc', session.account_id), route_id: encodeId('rt', session.route_id), status: session.state === 'initialising' ? 'initializing' : session.state },
    }]);
  };
  const listener = listenTo({
    databaseUrl: rt.databaseUrl, channel: BRIDGE_CHANNELS.server, log: rt.log, onConnected: () => undefined,
    onPayload: (payload) => {
      const notice = noticeOf(payload);
      if (!notice || waiting.has(notice.session_id)) return;
      waiting.set(notice.session_id, setTimeout(() => {
        show(notice).catch((error: Error) => rt.log.debug({ error: error.message }, 'a session could not be shown'));
      }, GATHER_MS));
    },
  });
  return async () => {
    for (const timer of waiting.values()) clearTimeout(timer);
    await listener.close();
  };
}

function noticeOf(payload: string): SessionNotice | undefined {
  try {
    return JSON.parse(payload) as SessionNotice;
  } catch {
    return undefined;
  }
}

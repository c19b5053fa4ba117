import type { ProviderType } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { routeById } from '../accounts/index.ts';
import { errors } from './errors.ts';
import type { ConversationRow } from './store.ts';

/**
 * How long after the contact's last message one may write freely (providers.md §0.4 and §0.5: 24 hours on everything that is WhatsApp's
 * business platform; what drives WhatsApp Web has no such limit).
 */
const HOURS = { meta: 24, official: 24, twilio: 24, evolution: null, baileys: null, wwebjs: null, venom: null } satisfies Record<ProviderType, number | null>;

/** So long after a contact wrote no window is open any more, milliseconds. */
export const LONGEST_WINDOW_MS = 24 * 3_600_000;

export interface Window {
  readonly open: boolean;
  /** Null: there is no limit, or the contact never wrote. */
  readonly closes_at: Date | null;
}

/** The window on the route the contact last wrote to. */
export function windowOf(provider: string, lastInboundAt: Date | null, now: number): Window {
  const hours = (HOURS as Record<string, number | null | undefined>)[provider];
  if (hours === null || hours === undefined) return { open: true, closes_at: null };
  if (lastInboundAt === null) return { open: false, closes_at: null };
  const closes = lastInboundAt.getTime() + hours * 3_600_000;
  return { open: now < closes, closes_at: new Date(closes) };
}

/**
 * Everything but a template is refused by the carrier outside of the window, minutes later and after a try that counts.
 * Throws `conversations.window_closed`, `conversations.no_route`.
 */
export async function requireWindow(rt: Runtime, conversation: Pick<ConversationRow, 'route_id' | 'last_inbound_at'>): Promise<void> {
  const route = await routeById(rt, conversation.route_id);
  if (!route) throw errors.no_route();
  const window = windowOf(route.provider, conversation.last_inbound_at, rt.clock.now());
  if (!window.open) throw errors.window_closed(window.closes_at ? `It closed at ${window.closes_at.toISOString()}.` : 'The contact has not written yet.');
}

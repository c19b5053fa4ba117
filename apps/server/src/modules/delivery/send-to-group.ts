import { newUuid } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import type { OutboundContent, SendOutcome } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { healthOf } from './health.ts';
import { sendMessage } from './send-message.ts';

/** Sends one message to a group (`…@g.us`) by this route, now and outside of every conversation. Never throws. */
export async function sendToGroup(rt: Runtime, company: CompanyRef, route: Route, { group, content, quote }: { readonly group: string; readonly content: OutboundContent; readonly quote?: string | undefined }): Promise<SendOutcome> {
  const refused = rt.providers[route.provider]?.check(content);
  if (refused) return { outcome: 'rejected', error: refused };
  const outcome = await sendMessage(rt, company, route, { message_id: newUuid(), number: 1, request: { to: { addresses: [] }, group, content, ...(quote !== undefined && { quote }) }, fresh: () => true });
  healthOf(rt).sent(route.id, outcome);
  return outcome;
}

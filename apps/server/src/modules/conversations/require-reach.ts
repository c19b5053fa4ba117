import type { Runtime } from '../../runtime.ts';
import { reachOf, type Bound } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { conversationCards, messageRows } from './store-views.ts';
import { reaches } from './viewer.ts';

/**
 * Before something is done in a conversation: who is held to some businesses must reach its account, else there is no such conversation
 * for them; a company's own IAM is asked about it. Not inside a transaction. Throws `conversations.not_found`, `companies.forbidden`.
 */
export async function requireConversation(rt: Runtime, caller: Bound, id: string): Promise<void> {
  const reach = await reachOf(rt, caller);
  if (reach === null && !caller.onAccount) return;
  const [found] = await rt.db.withCompany(caller.company, (tx) => conversationCards(tx, [id]));
  if (!found || !reaches(reach, found.account_id)) throw errors.not_found();
  await caller.onAccount?.(found.account_id);
}

/** The same for a message. Throws `conversations.message_not_found`. */
export async function requireMessage(rt: Runtime, caller: Bound, id: string): Promise<void> {
  const reach = await reachOf(rt, caller);
  if (reach === null && !caller.onAccount) return;
  const [found] = await rt.db.withCompany(caller.company, (tx) => messageRows(tx, [id]));
  if (!found || !reaches(reach, found.account_id)) throw errors.message_not_found();
  await caller.onAccount?.(found.account_id);
}

import type { CompanyRef } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { lockConversations, noteEvents, setHolder } from '../conversations/index.ts';
import { dropSessions, staleInputs } from './store.ts';

/** Conversations in one transaction. */
const AT_ONCE = 200;

/**
 * Before the bots of a company go on after a suspension: whoever wrote to one last more than `hours` ago gets no answer out of the blue.
 * Their conversations wait for a person, with a note; flows that only waited for a time end. Answers how many.
 */
export async function skipStale(rt: Runtime, company: CompanyRef, hours: number): Promise<number> {
  let skipped = 0;
  for (;;) {
    const stale = await rt.db.withCompany(company, async (tx) => {
      const found = await staleInputs(tx, { hours, limit: AT_ONCE });
      if (found.length === 0) return 0;
      const locked = await lockConversations(tx, found.map((f) => f.conversation_id));
      // Asked anew under their locks: one of them may have written again meanwhile, and that waits for the bot.
      const stale = await staleInputs(tx, { hours, limit: AT_ONCE, among: found.map((f) => f.conversation_id) });
      const wrote = new Set(stale.filter((f) => f.wrote).map((f) => f.conversation_id));
      const held = locked.filter((c) => c.holder === 'bot' && wrote.has(c.id)).map((c) => c.id);
      await dropSessions(tx, stale.map((f) => f.conversation_id));
      await setHolder(rt, tx, held, { kind: 'nobody' });
      await noteEvents(rt, tx, held.map((id) => ({ conversation_id: id, event: 'bot_skipped', text: `The company was suspended when this was written, more than ${hours} hours ago: the bot does not answer it any more.` })));
      return found.length;
    });
    skipped += stale;
    if (stale < AT_ONCE) return skipped;
  }
}

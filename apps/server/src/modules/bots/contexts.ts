import { encodeId } from '@centralita/kernel';
import type { BusinessHours } from '@centralita/contracts/api';
import type { EngineContext } from '@centralita/flow-engine';
import type { Runtime } from '../../runtime.ts';
import { accountById } from '../accounts/index.ts';
import type { Company } from '../companies/index.ts';
import type { ContactCard } from '../contacts/index.ts';
import type { ConversationRow } from '../conversations/index.ts';
import { isOpen } from './business-hours.ts';

interface Found {
  readonly whose: Company;
  readonly conversations: readonly ConversationRow[];
  readonly cards: readonly ContactCard[];
}

/** What templates and expressions of these conversations may read (docs/flows.md, Templates). */
export async function contexts(rt: Runtime, { whose, conversations, cards: all }: Found): Promise<(c: ConversationRow, hours: BusinessHours | null | undefined) => EngineContext> {
  const now = new Date(rt.clock.now()).toISOString();
  const cards = new Map(all.map((c) => [c.id, c]));
  const accounts = new Map<string, { name: string; phone: string | null }>();
  for (const id of new Set(conversations.map((c) => c.account_id))) {
    const account = await accountById(rt, id);
    if (account) accounts.set(id, { name: account.name, phone: account.phone });
  }
  const company = { name: whose.name, timezone: whose.timezone, locale: whose.locale };
  return (conversation, hours) => {
    const card = cards.get(conversation.contact_id);
    return {
      now, company, account: { ...accounts.get(conversation.account_id), open: isOpen(hours, now) },
      contact: { name: spoken(card?.name), phone: card?.addresses.find((a) => a.kind === 'phone')?.value ?? null },
      conversation: { id: encodeId('conv', conversation.id) },
    };
  };
}

/** A profile may hold only a number or signs; nobody is greeted with those. */
function spoken(name: string | null | undefined): string | null {
  return name && /\p{L}/u.test(name) ? name : null;
}

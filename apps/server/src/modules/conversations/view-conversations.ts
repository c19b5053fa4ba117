import type { Conversation, ConversationFilter, Label, SearchMatch } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Reach } from '../accounts/index.ts';
import type { MessageStatus } from '../../messaging/index.ts';
import { contactCards, e164, e164OrNull, searchContacts, type ContactCard } from '../contacts/index.ts';
import { deliveryStates } from '../delivery/index.ts';
import { wornLabels } from './label-conversation.ts';
import { matchWords } from './match-words.ts';
import { conversationCards, conversationPage, messageTexts, searchMessages, unreadConversations, type ConversationCard, type Place } from './store-views.ts';
import { reaches, type Viewer } from './viewer.ts';
import { windowOf } from './window.ts';

/** Conversations as the inbox shows them, in the order of `ids`; those that are not there are left out. */
export async function viewConversations(viewer: Viewer, tx: Tx, ids: readonly string[]): Promise<Conversation[]> {
  if (ids.length === 0) return [];
  const rows = new Map((await conversationCards(tx, ids)).map((r) => [r.id, r]));
  const found = ids.map((id) => rows.get(id)).filter((r) => r !== undefined && reaches(viewer.reach, r.account_id)) as ConversationCard[];
  const contacts = new Map((await contactCards(tx, [...new Set(found.map((r) => r.contact_id))])).map((c) => [c.id, c]));
  const sent = found.filter((r) => r.last_direction === 'out').map((r) => r.last_message_id!);
  const states = new Map((sent.length === 0 ? [] : await deliveryStates(tx, sent)).map((d) => [d.message_id, d.status]));
  const labels = await wornLabels(tx, found.map((r) => r.id));
  return found.map((row) => view(viewer, row, { contact: contacts.get(row.contact_id), status: states.get(row.last_message_id ?? ''), labels: labels.get(row.id) ?? [] }));
}

function view(viewer: Viewer, row: ConversationCard, { contact, status, labels }: { contact: ContactCard | undefined; status: MessageStatus | undefined; labels: readonly Label[] }): Conversation {
  const phone = e164OrNull(contact?.addresses.find((a) => a.kind === 'phone')?.value);
  const provider = viewer.providers.get(row.route_id);
  const window = provider === undefined ? { open: false, closes_at: null } : windowOf(provider, row.last_inbound_at, viewer.now);
  return {
    id: encodeId('conv', row.id), account_id: encodeId('acc', row.account_id), account_name: viewer.accounts.get(row.account_id)?.name ?? '',
    contact: { id: encodeId('ct', row.contact_id), name: contact?.name ?? null, phone, addresses: (contact?.addresses ?? []).map((a) => ({ kind: a.kind, value: a.kind === 'phone' ? e164(a.value) : a.value })) },
    contact_phone: phone, contact_name: contact?.name ?? null, status: row.status,
    holder: {
      kind: row.holder, user_id: row.holder_user_id === null ? null : encodeId('usr', row.holder_user_id),
      name: row.holder_user_id === null ? null : viewer.users.get(row.holder_user_id) ?? null,
    },
    labels: [...labels], unread: row.unread, troubled: row.troubled,
    window: {
      open: window.open, closes_at: window.closes_at?.toISOString() ?? null,
      reason: provider === undefined ? 'The number of this conversation is not connected any more.' : null,
    },
    can_show_typing: provider !== undefined && viewer.showTyping.has(provider) && row.last_inbound_remote_id !== null,
    last_message: row.last_message_id === null || row.last_direction === null ? null : {
      id: encodeId('msg', row.last_message_id), direction: row.last_direction, type: row.last_type ?? 'unknown', text: row.last_text ?? '', author: row.last_author ?? '',
      status: shownStatus(row.last_direction, status), at: row.last_message_at.toISOString(),
    },
    last_message_at: row.last_message_at.toISOString(), created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString(),
  };
}

/** What was sent from elsewhere (echoes) has certainly left. */
export function shownStatus(direction: 'in' | 'out', status: MessageStatus | undefined): MessageStatus {
  return direction === 'in' ? 'received' : status ?? 'sent';
}

export interface ListAsked {
  readonly filter: (typeof ConversationFilter)['_zod']['output'];
  /** Whose `mine` is meant. */
  readonly user_id?: string;
  readonly account_id?: string;
  /** Only conversations on these, within what the viewer reaches. */
  readonly accounts?: Reach;
  readonly contact_id?: string;
  /** They wear all of these. */
  readonly label_ids?: readonly string[];
  readonly q?: string;
  readonly after?: Place;
  readonly limit: number;
}

/** A page of the inbox's list, newest first; `next` is where the following one begins. */
export async function listConversations(viewer: Viewer, tx: Tx, asked: ListAsked): Promise<{ conversations: Conversation[]; matches: SearchMatch[] | undefined; next: Place | undefined; unread: number | undefined }> {
  const q = asked.q?.trim() ?? '';
  const said = q === '' ? undefined : await searchMessages(tx, q);
  const found = said && { contacts: await searchContacts(tx, { q, near: [...viewer.accounts.values()].flatMap((a) => a.phone ?? []) }), conversations: [...said.keys()] };
  const accounts = within(viewer.reach, asked.accounts ?? null);
  const places = await conversationPage(tx, { ...asked, accounts, found, limit: asked.limit + 1 });
  const page = places.slice(0, asked.limit);
  return {
    conversations: await viewConversations(viewer, tx, page.map((p) => p.id)),
    matches: said && await matchesOf(tx, q, page.flatMap(({ id }) => (said.has(id) ? [{ conversation_id: id, message_id: said.get(id)! }] : []))),
    next: places.length > asked.limit ? page.at(-1) : undefined,
    unread: asked.after ? undefined : await unreadConversations(tx, viewer.reach),
  };
}

/** Where in these messages the words are. */
async function matchesOf(tx: Tx, q: string, found: readonly { conversation_id: string; message_id: string }[]): Promise<SearchMatch[]> {
  const texts = new Map((await messageTexts(tx, found.map((f) => f.message_id))).map((m) => [m.id, m.text]));
  return found.flatMap(({ conversation_id, message_id }) => {
    const piece = matchWords(texts.get(message_id) ?? '', q);
    return piece ? [{ conversation_id: encodeId('conv', conversation_id), message_id: encodeId('msg', message_id), ...piece }] : [];
  });
}

/** The accounts of both; null: all. */
function within(reach: Reach, wanted: Reach): readonly string[] | undefined {
  if (wanted === null) return reach === null ? undefined : [...reach];
  return [...wanted].filter((id) => reaches(reach, id));
}

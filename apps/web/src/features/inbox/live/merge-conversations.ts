import type { InfiniteData } from '@tanstack/react-query';
import type { Conversation, ConversationPage, Filter, SearchMatch } from '../../../api/types.ts';

export type ConversationsData = InfiniteData<ConversationPage, unknown>;

export interface ListScope {
  filter: Filter;
  account_id?: string;
  /** With commas between: it wears all of them. */
  label_id?: string;
  q?: string;
  /** The agent who looks. */
  me: string;
  /** The open conversation: it stays in the list although reading it took it out of its filter. */
  keep?: string;
}

/** The newest speaks first; conversations without a message count from their beginning. */
const stamp = (c: Conversation): string => c.last_message_at ?? c.created_at;
export function compareConversations(a: Conversation, b: Conversation): number {
  return stamp(a) > stamp(b) ? -1 : stamp(a) < stamp(b) ? 1 : a.id > b.id ? -1 : a.id < b.id ? 1 : 0;
}

/** Whether a conversation belongs in a list. `unsure` for searches, which only the server can answer. */
export function belongs(c: Conversation, scope: ListScope): boolean | 'unsure' {
  if (scope.account_id && c.account_id !== scope.account_id) return false;
  if (scope.label_id?.split(',').some((id) => !c.labels.some((l) => l.id === id))) return false;
  if (!passes(c, scope)) return false;
  return scope.q ? 'unsure' : true;
}

function passes(c: Conversation, { filter, me }: ListScope): boolean {
  switch (filter) {
    case 'all': return true;
    case 'unread': return c.unread > 0;
    case 'mine': return c.holder.kind === 'agent' && c.holder.user_id === me;
    case 'unassigned': return c.holder.kind === 'nobody' && c.status === 'open';
    case 'bot': return c.holder.kind === 'bot';
    case 'troubled': return c.troubled > 0;
  }
}

export const flattenConversations = (data: ConversationsData | undefined): Conversation[] => data?.pages.flatMap((p) => p.conversations) ?? [];

/** Where a search found its words, by conversation. */
export const matchesOf = (data: ConversationsData | undefined): ReadonlyMap<string, SearchMatch> => new Map(data?.pages.flatMap((p) => p.matches ?? []).map((m) => [m.conversation_id, m]));

/** The newer of two pictures of one conversation. */
export const newer = (current: Conversation, next: Conversation): Conversation => (next.updated_at >= current.updated_at ? next : current);

/**
 * A conversation told live, into a cached list: updated, moved to its place, brought in or taken out. The pages keep their
 * sizes (the first one grows), because the cursor of the last page must go on pointing at what follows it.
 */
export function upsertConversation(data: ConversationsData, conversation: Conversation, scope: ListScope): ConversationsData {
  const all = flattenConversations(data);
  const at = all.findIndex((c) => c.id === conversation.id);
  const current = at === -1 ? undefined : all[at]!;
  const next = current ? newer(current, conversation) : conversation;
  if (current && next === current) return data;
  const fits = belongs(next, scope);
  const wanted = fits === true || (current !== undefined && (fits === 'unsure' || next.id === scope.keep));
  if (!wanted && !current) return data;

  const rest = current ? all.toSpliced(at, 1) : all;
  let place = -1;
  if (wanted) {
    place = rest.findIndex((c) => compareConversations(next, c) < 0);
    if (place === -1) place = rest.length;
    // Beyond what is loaded: its page brings it when somebody scrolls there.
    const beyond = place === rest.length && (data.pages.at(-1)?.next_cursor ?? null) !== null;
    if (beyond && next.id !== scope.keep) place = -1;
  }
  const list = place === -1 ? rest : rest.toSpliced(place, 0, next);
  return { ...data, pages: resplit(data.pages, list) };
}

/** Pages fetched again: what the screen knows to be newer stays, doubles of moving cursors go. */
export function reconcileConversations(recent: ReadonlyMap<string, Conversation>, fresh: ConversationsData, scope: ListScope): ConversationsData {
  const seen = new Set<string>();
  const pages = fresh.pages.map((page) => ({
    ...page,
    conversations: page.conversations.filter((c) => !seen.has(c.id) && seen.add(c.id)),
  }));
  let data: ConversationsData = { ...fresh, pages };
  for (const conversation of recent.values()) data = upsertConversation(data, conversation, scope);
  return data;
}

function resplit(pages: ConversationPage[], list: Conversation[]): ConversationPage[] {
  let from = 0;
  const spare = list.length - pages.reduce((n, p) => n + p.conversations.length, 0);
  return pages.map((page, index) => {
    const size = index === pages.length - 1 ? list.length - from : Math.max(0, page.conversations.length + (index === 0 ? spare : 0));
    const conversations = list.slice(from, from + size);
    from += size;
    return { ...page, conversations };
  });
}

import { ProblemError } from '@centralita/sdk';
import { infiniteQueryOptions, queryOptions, replaceEqualDeep, useQuery } from '@tanstack/react-query';
import { answer, api, at } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Conversation, ListQuery, MessagePage } from '../../api/types.ts';
import { keys, recentConversations, scopeOf } from './live/apply.ts';
import { type ConversationsData, flattenConversations, reconcileConversations } from './live/merge-conversations.ts';
import { END, type MessagesData, reachesEnd, reconcileMessages, type ThreadPlace } from './live/merge-messages.ts';

const LIST_PAGE = 50;
const HISTORY_PAGE = 50;

export const conversationsQuery = (query: ListQuery, me: string) =>
  infiniteQueryOptions({
    queryKey: keys.conversations(query),
    queryFn: ({ pageParam, signal }) => answer(api.GET('/api/conversations', { params: { query: { ...query, cursor: pageParam ?? undefined, limit: LIST_PAGE } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    structuralSharing: (old, fresh) => replaceEqualDeep(old, reconcileConversations(recentConversations(), fresh as ConversationsData, scopeOf(query, me))),
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) => answer(api.GET('/api/conversations/{id}', { ...at({ id }), signal })),
    // Whatever list it was opened from has it already.
    placeholderData: () => findListed(id),
    structuralSharing: (old, fresh) => {
      const known = [old as Conversation | undefined, recentConversations().get(id)].filter((c) => c !== undefined);
      return replaceEqualDeep(old, known.reduce((best, c) => (c.updated_at > best.updated_at ? c : best), fresh as Conversation));
    },
  });

export function findListed(id: string): Conversation | undefined {
  for (const [, data] of queryClient.getQueriesData<ConversationsData>({ queryKey: ['conversations'] })) {
    const found = flattenConversations(data).find((c) => c.id === id);
    if (found) return found;
  }
  return undefined;
}

const pieceOf = (id: string, place: ThreadPlace, signal?: AbortSignal): Promise<MessagePage> =>
  answer(api.GET('/api/conversations/{id}/messages', { params: { path: { id }, query: { ...place, limit: HISTORY_PAGE } }, signal }));

/** A thread, begun at its end or around a message. */
export const messagesQuery = (id: string, around?: string) =>
  infiniteQueryOptions({
    queryKey: keys.messages(id),
    queryFn: async ({ pageParam, signal }) => {
      try {
        return await pieceOf(id, pageParam, signal);
      } catch (error) {
        // An old link to what is not there: the thread itself may be.
        if (pageParam.around === undefined || !(error instanceof ProblemError) || error.status >= 500) throw error;
        return pieceOf(id, END, signal);
      }
    },
    initialPageParam: around === undefined ? END : { around } as ThreadPlace,
    getNextPageParam: ({ previous_cursor }) => (previous_cursor === null ? null : { before: previous_cursor } as ThreadPlace),
    getPreviousPageParam: ({ next_cursor }) => (next_cursor === null ? null : { after: next_cursor } as ThreadPlace),
    structuralSharing: (old, fresh) => replaceEqualDeep(old, reconcileMessages(old as MessagesData | undefined, fresh as MessagesData)),
  });

/** Shows another piece of a thread in place of what is loaded. */
export async function openPiece(id: string, place: ThreadPlace): Promise<void> {
  await queryClient.cancelQueries({ queryKey: keys.messages(id) });
  const page = await pieceOf(id, place);
  queryClient.setQueryData<MessagesData>(keys.messages(id), { pages: [page], pageParams: [place] });
}

/** Keeps the newest page only, so that coming back to a long thread begins at its end and does not fetch all of its history again. */
export function trimHistory(id: string): void {
  const data = queryClient.getQueryData<MessagesData>(keys.messages(id));
  if (data && !reachesEnd(data)) queryClient.removeQueries({ queryKey: keys.messages(id) });
  else if (data && data.pages.length > 1) queryClient.setQueryData<MessagesData>(keys.messages(id), { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) });
}

export const unreadQuery = queryOptions({
  queryKey: [...keys.counts, 'unread'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/conversations', { params: { query: { filter: 'unread', limit: 1 } }, signal }))).unread_conversations ?? 0,
});

/** More than this many waiting are "9+": whoever is to answer needs no exact number then. */
const MOST_WAITING = 9;
export const waitingQuery = queryOptions({
  queryKey: [...keys.counts, 'waiting'],
  queryFn: async ({ signal }) => {
    const { conversations } = await answer(api.GET('/api/conversations', { params: { query: { filter: 'unassigned', limit: MOST_WAITING + 1 } }, signal }));
    return { count: conversations.length, more: conversations.length > MOST_WAITING };
  },
});

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/accounts', { signal }))).accounts,
  staleTime: 5 * 60_000,
});

/** Whether a bot could take a conversation of this account; yes until the accounts are known. */
export function useHasBot(accountId: string): boolean {
  const { data } = useQuery(accountsQuery);
  return data?.find((a) => a.id === accountId)?.bot_id !== null;
}

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api, at } from '../../api/client.ts';
import { keys } from '../inbox/live/apply.ts';

/** What the list is asked for, as the address of the page has it. */
export interface ContactsAsked {
  q?: string | undefined;
  label_id?: string | undefined;
  active_from?: string | undefined;
  active_to?: string | undefined;
}

export const contactsQuery = (asked: ContactsAsked) => infiniteQueryOptions({
  queryKey: [...keys.contacts, asked],
  queryFn: ({ pageParam, signal }) => answer(api.GET('/api/contacts', { params: { query: { ...asked, cursor: pageParam ?? undefined } }, signal })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});
export const contactQuery = (id: string) => queryOptions({ queryKey: keys.contact(id), queryFn: ({ signal }) => answer(api.GET('/api/contacts/{id}', { ...at({ id }), signal })) });
export const contactConversationsQuery = (id: string) => queryOptions({
  queryKey: [...keys.contact(id), 'conversations'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/conversations', { params: { query: { contact_id: id, limit: 50 } }, signal }))).conversations,
});
export const labelsQuery = queryOptions({ queryKey: keys.labels, queryFn: async ({ signal }) => (await answer(api.GET('/api/labels', { signal }))).labels, staleTime: 5 * 60_000 });

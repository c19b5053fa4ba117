import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';

export const KEY = ['templates'] as const;
export interface Asked {
  account_id?: string | undefined;
  name?: string | undefined;
}
export const listQuery = (asked: Asked) => infiniteQueryOptions({
  queryKey: [...KEY, 'list', asked], staleTime: 0, initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => answer(api.GET('/api/templates', { params: { query: { ...asked, cursor: pageParam, limit: 100 } }, signal })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});
/** What can be sent from a line now. */
export const sendableQuery = (account_id: string, name: string) => queryOptions({
  queryKey: [...KEY, 'sendable', account_id, name], staleTime: 30_000, placeholderData: keepPreviousData,
  queryFn: ({ signal }) => answer(api.GET('/api/templates', { params: { query: { account_id, status: 'approved', limit: 200, ...(name !== '' && { name }) } }, signal })),
});

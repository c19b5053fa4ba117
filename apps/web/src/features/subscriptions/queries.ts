import { queryOptions } from '@tanstack/react-query';
import { answer, api, at } from '../../api/client.ts';

export const KEY = ['subscriptions'] as const;
export const listQuery = queryOptions({ queryKey: [...KEY, 'list'], queryFn: ({ signal }) => answer(api.GET('/api/subscriptions', { signal })), staleTime: 0 });
/** Looked at anew while it is open: what waits and how it does changes by itself. */
export const oneQuery = (id: string) => queryOptions({ queryKey: [...KEY, 'one', id], queryFn: ({ signal }) => answer(api.GET('/api/subscriptions/{id}', { ...at({ id }), signal })), staleTime: 0, refetchInterval: 5000 });

import { queryOptions } from '@tanstack/react-query';
import { answer, api, at } from '../../api/client.ts';

export const KEY = ['numbers'] as const;
export const linesQuery = queryOptions({ queryKey: [...KEY, 'lines'], queryFn: ({ signal }) => answer(api.GET('/api/accounts', { signal })), staleTime: 0 });
export const carriersQuery = queryOptions({ queryKey: [...KEY, 'carriers'], queryFn: ({ signal }) => answer(api.GET('/api/carriers', { signal })), staleTime: 60_000 });
/** Looked at anew while it is open: how a number does changes by itself. */
export const chainQuery = (id: string, every = 4000) => queryOptions({ queryKey: [...KEY, 'chain', id], queryFn: ({ signal }) => answer(api.GET('/api/accounts/{id}/routes', { ...at({ id }), signal })), staleTime: 0, refetchInterval: every });

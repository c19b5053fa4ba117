import { queryOptions } from '@tanstack/react-query';
import { subscriptions } from '../../api/subscriptions.ts';

export const KEY = ['subscriptions'] as const;
export const listQuery = queryOptions({ queryKey: [...KEY, 'list'], queryFn: ({ signal }) => subscriptions.list(signal), staleTime: 0 });
/** Looked at anew while it is open: what waits and how it does changes by itself. */
export const oneQuery = (id: string) => queryOptions({ queryKey: [...KEY, 'one', id], queryFn: ({ signal }) => subscriptions.one(id, signal), staleTime: 0, refetchInterval: 5000 });

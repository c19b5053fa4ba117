import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answer, api, setCsrf } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { createStore } from '../../api/store.ts';
import type { Me } from '../../api/types.ts';

/** Somebody is leaving on their own: that the session ends is no news then. */
export const signingOut = createStore(false);

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await answer(api.GET('/api/me'));
    setCsrf(me.csrf);
    return me;
  },
  staleTime: Infinity,
  gcTime: Infinity,
});

/** Who is signed in; pages behind the login are shown only with it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** What the page offers: the server refuses the rest anyway. */
export function useMay(): (permission: Me['permissions'][number]) => boolean {
  const { permissions } = useMe();
  return useCallback((permission) => permissions.includes(permission), [permissions]);
}

export function signedIn(me: Me): void {
  setCsrf(me.csrf);
  queryClient.setQueryData(meQuery.queryKey, me);
}

/** Forgets everything of the session that ended; drafts and unsent messages stay on this device. */
export function signedOut(): void {
  setCsrf('');
  signingOut.set(false);
  queryClient.clear();
}

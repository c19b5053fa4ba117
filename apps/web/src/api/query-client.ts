import { isTransient } from '@centralita/sdk';
import { QueryClient } from '@tanstack/react-query';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && isTransient(error),
      retryDelay: (attempt) => Math.min(800 * 2 ** attempt, 8_000),
      staleTime: 30_000,
      gcTime: 5 * 60_000,
    },
    // What must be done again is done by the outbox, with its own id; everything else a person decides.
    mutations: { retry: false },
  },
});

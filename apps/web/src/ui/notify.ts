import type { ReactNode } from 'react';
import { createStore } from '../api/store.ts';

/** A word at the head of the page, where nobody writes, that goes away by itself. */
export interface Notice {
  message: ReactNode;
  tone?: 'plain' | 'bad' | 'warn';
  /** Milliseconds; the usual five seconds otherwise. */
  stay?: number;
}

/** Whether anything was ever told: only then the place for it is mounted. */
export const noticesWanted = createStore(false);
const COLORS = { plain: undefined, bad: 'red', warn: 'yellow' } as const;

/** Shows a notice; the same words are not shown twice at once. Its machinery is fetched with the first one. */
export function notify(notice: Notice): void {
  noticesWanted.set(true);
  void import('@mantine/notifications').then(({ notifications }) =>
    notifications.show({ ...(typeof notice.message === 'string' && { id: notice.message }), message: notice.message, color: COLORS[notice.tone ?? 'plain'], autoClose: notice.stay ?? 5000, withBorder: true }));
}

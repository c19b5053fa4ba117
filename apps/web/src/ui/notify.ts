import type { ReactNode } from 'react';
import { createStore } from '../api/store.ts';

/** A word at the foot of the page that goes away by itself. */
export interface Notice {
  id?: string;
  message: ReactNode;
  tone?: 'plain' | 'bad' | 'warn';
  /** Milliseconds; the usual five seconds otherwise. */
  stay?: number;
}

/** Whether anything was ever told: only then the place for it is mounted. */
export const noticesWanted = createStore(false);
const COLORS = { plain: undefined, bad: 'red', warn: 'yellow' } as const;

/** Shows a notice. Its machinery is fetched with the first one. */
export function notify(notice: Notice): void {
  noticesWanted.set(true);
  void import('@mantine/notifications').then(({ notifications }) =>
    notifications.show({ id: notice.id, message: notice.message, color: COLORS[notice.tone ?? 'plain'], autoClose: notice.stay ?? 5000, withBorder: true }));
}

export function hideNotice(id: string): void {
  void import('@mantine/notifications').then(({ notifications }) => notifications.hide(id));
}

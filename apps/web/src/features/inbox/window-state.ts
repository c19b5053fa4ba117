import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/types.ts';
import { timeLeft } from '../../ui/format.ts';

type Window = Conversation['window'];

/** Open according to the server, and its end not yet passed on this clock. */
export function isOpen(window: Window, now: number): boolean {
  return window.open && (window.closes_at === null || timeLeft(window.closes_at, now) !== null);
}

/** The last two hours are worth a colour. */
export const isShort = (closesAt: string, now: number): boolean => (timeLeft(closesAt, now)?.hours ?? 0) < 2;

/** The countdown in words. */
export function useWindowWords(): { long: (closesAt: string, now: number) => string; short: (closesAt: string, now: number) => string } {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      long: (closesAt, now) => {
        const left = timeLeft(closesAt, now);
        if (!left) return t('window.closed');
        return left.hours > 0 ? t('window.left_hours', left) : t('window.left_minutes', left);
      },
      short: (closesAt, now) => {
        const left = timeLeft(closesAt, now);
        if (!left) return t('window.closed');
        return left.hours > 0 ? t('window.left_short_hours', left) : t('window.left_short_minutes', left);
      },
    }),
    [t],
  );
}

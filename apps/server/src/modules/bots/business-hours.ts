import type { BusinessHours } from '@centralita/contracts/api';
import { localTime } from '@centralita/flow-engine';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Whether the hours of a bot include this moment; without hours it is always open. The end of a day is outside of it. */
export function isOpen(hours: BusinessHours | null | undefined, now: string): boolean {
  if (!hours?.enabled) return true;
  const local = localTime(now, hours.timezone);
  const day = hours.schedule[DAYS[local.weekday - 1]!];
  return day !== null && local.time >= day.start && local.time < day.end;
}

export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM`, 00:00 to 23:59 */
  readonly time: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly weekday: number;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (!format) {
    const make = (timeZone: string): Intl.DateTimeFormat => new Intl.DateTimeFormat('en-US', {
      timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', weekday: 'short',
    });
    format = make(knownZone(timezone));
    formats.set(timezone, format);
  }
  return format;
}

const zones = new Map<string, boolean>();

/** The zone itself, or UTC when nobody knows it. */
export function knownZone(timezone: string): string {
  let known = zones.get(timezone);
  if (known === undefined) {
    try {
      known = new Intl.DateTimeFormat('en-US', { timeZone: timezone }).resolvedOptions().timeZone !== '';
    } catch {
      known = false;
    }
    if (zones.size > 1000) zones.clear();
    zones.set(timezone, known);
  }
  return known ? timezone : 'UTC';
}

/** An instant on the calendar and clock of a zone. */
export function localTime(iso: string, timezone: string): LocalTime {
  const instant = new Date(iso);
  const parts: Record<string, string> = {};
  for (const part of formatOf(timezone).formatToParts(Number.isNaN(instant.getTime()) ? 0 : instant)) parts[part.type] = part.value;
  const { year = '1970', month = '01', day = '01', hour = '00', minute = '00', weekday = 'Thu' } = parts;
  return {
    date: `${year}-${month}-${day}`, time: `${hour}:${minute}`,
    year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute),
    weekday: WEEKDAYS.indexOf(weekday) + 1,
  };
}

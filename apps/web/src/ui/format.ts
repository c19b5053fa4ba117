/** Everything a person reads that depends on the language: times, sizes, numbers. Pure; the locale is a parameter. */

const formatters = new Map<string, Intl.DateTimeFormat>();
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = formatters.get(key);
  if (!format) formatters.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const startOfDay = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);
/** Whole calendar days from `at` to `now`; a day of 23 or 25 hours counts as one. */
const daysAgo = (at: number, now: number): number => Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);

export const clockTime = (iso: string, locale: string): string => dateFormat(locale, CLOCK).format(Date.parse(iso));

/** 10:42 · Yesterday · Mon · 3 Nov · 03/11/24 — as short as it can be said without doubt. */
export function shortTime(iso: string, locale: string, now: number): string {
  const at = Date.parse(iso);
  const days = daysAgo(at, now);
  if (days <= 0) return clockTime(iso, locale);
  if (days === 1) return capitalised(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day'), locale);
  if (days < 7) return dateFormat(locale, { weekday: 'short' }).format(at);
  if (new Date(at).getFullYear() === new Date(now).getFullYear()) return dateFormat(locale, { day: 'numeric', month: 'short' }).format(at);
  return dateFormat(locale, { day: '2-digit', month: '2-digit', year: '2-digit' }).format(at);
}

/** Today · Yesterday · Monday 17 November · 3 November 2024, for the line between two days. */
export function dayLabel(iso: string, locale: string, now: number): string {
  const at = Date.parse(iso);
  const days = daysAgo(at, now);
  if (days >= 0 && days <= 1) return capitalised(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day'), locale);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return capitalised(dateFormat(locale, sameYear ? { weekday: 'long', day: 'numeric', month: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' }).format(at), locale);
}

export const fullTime = (iso: string, locale: string): string =>
  dateFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(Date.parse(iso));

const capitalised = (text: string, locale: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

/** 812 B · 24 kB · 3.4 MB; decimal units, as carriers state their limits. */
export function fileSize(bytes: number, locale: string): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;
  const index = bytes < 1e6 ? 0 : bytes < 1e9 ? 1 : 2;
  const value = bytes / 1000 ** (index + 1);
  return new Intl.NumberFormat(locale, { style: 'unit', unit: units[index], unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** 0:07 · 12:40 · 1:02:03 */
export function playTime(seconds: number): string {
  const s = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const two = (n: number): string => String(n).padStart(2, '0');
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

/** What is left until `iso`, in whole minutes rounded down; null when it is over. */
export function timeLeft(iso: string, now: number): { hours: number; minutes: number } | null {
  const minutes = Math.floor((Date.parse(iso) - now) / 60_000);
  return Date.parse(iso) <= now ? null : { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

export const price = (value: number, currency: string | undefined, locale: string): string => {
  try {
    return new Intl.NumberFormat(locale, currency ? { style: 'currency', currency } : {}).format(value);
  } catch {
    // Not a currency code that Intl knows.
    return `${value} ${currency ?? ''}`.trim();
  }
};

/** +51 987 654 321: digits with a plus, in groups a person can read back; anything else stays as it is. */
export function phoneNumber(value: string): string {
  const digits = value.replace(/^\+/, '');
  if (!/^\d{7,15}$/.test(digits)) return value;
  const code = countryCode(digits);
  const rest = digits.slice(code.length);
  const lengths = GROUPS[code]?.find((g) => sum(g) === rest.length) ?? GROUPS.any!.find((g) => sum(g) === rest.length);
  return `+${code} ${lengths ? grouped(rest, lengths) : rest.replace(/(\d{3})(?=\d{2,})/g, '$1 ')}`;
}

/** How countries group their national numbers, where it is not the usual way of that length. */
const GROUPS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  any: [[4, 4], [3, 3, 3], [3, 3, 4], [2, 5, 4]],
  '52': [[2, 4, 4]],
  '54': [[1, 2, 4, 4], [2, 4, 4]],
  '55': [[2, 5, 4], [2, 4, 4]],
  '56': [[1, 4, 4]],
  '593': [[2, 3, 4]],
};
const sum = (lengths: readonly number[]): number => lengths.reduce((a, b) => a + b, 0);
function grouped(digits: string, lengths: readonly number[]): string {
  let from = 0;
  return lengths.map((n) => digits.slice(from, (from += n))).join(' ');
}

/** Calling codes of one and two digits; all others have three (ITU E.164 assignments). */
function countryCode(digits: string): string {
  if (/^[17]/.test(digits)) return digits.slice(0, 1);
  const two = digits.slice(0, 2);
  return /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])$/.test(two) ? two : digits.slice(0, 3);
}

/** One or two letters for an avatar; null where there is no letter to take. */
export function initials(name: string | null | undefined): string | null {
  const words = (name ?? '').split(/[\s·.,_-]+/).map((w) => /[\p{L}\p{N}]/u.exec(w)?.[0]).filter((c) => c !== undefined && /\p{L}/u.test(c));
  if (words.length === 0) return null;
  return ((words[0] ?? '') + (words.length > 1 ? words.at(-1)! : '')).toUpperCase();
}

/** A hue that always belongs to the same id (FNV-1a). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % 360;
}

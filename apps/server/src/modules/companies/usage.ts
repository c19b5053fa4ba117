import type { FastifyRequest } from 'fastify';
import type { AppError } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { company as companyById } from './directory.ts';
import { errors } from './errors.ts';
import type { Company } from './store.ts';
import { addDays, addMinutes, dayOf, type DayUsage } from './store-usage.ts';

/** What a process counts is shared with the others once a second: over a limit by at most what they do in it. */
const SHARE_MS = 1000;
const MINUTE_MS = 60_000;

/** Counted here and not shared yet, and what the installation had when it was last shared. */
interface Day {
  readonly company_id: string;
  readonly timezone: string;
  readonly day: string;
  mine: { messages_in: number; messages_out: number; requests: number };
  /** Undefined: not read yet. */
  known: DayUsage | undefined;
}
interface Minute {
  readonly company_id: string;
  readonly minute: number;
  mine: number;
  known: number;
}

/** The counters of one process. */
export class Usage {
  readonly #rt: Runtime;
  readonly #days = new Map<string, Day>();
  readonly #minutes = new Map<string, Minute>();
  #timer: NodeJS.Timeout | undefined;
  #sharing: Promise<void> = Promise.resolve();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  /** Counts a request; with a limit on them, answers what the headers say. Throws `companies.limit_requests` (429). */
  request(company: Company): RateLimit | undefined {
    this.#day(company).mine.requests += 1;
    this.#rt.metrics.companyRequests.inc({ company: company.slug });
    this.#share();
    const limit = company.limits.requests_per_minute;
    if (limit === null || limit === undefined) return undefined;
    const now = this.#rt.clock.now();
    const minute = this.#minute(company, Math.floor(now / MINUTE_MS));
    minute.mine += 1;
    const used = minute.known + minute.mine;
    return { limit, remaining: Math.max(0, limit - used), reset: Math.ceil(((minute.minute + 1) * MINUTE_MS - now) / 1000), exceeded: used > limit };
  }

  /** Counts messages after the commit that made them. */
  messages(company: Company, { received, sent }: { received: number; sent: number }): void {
    const { mine } = this.#day(company);
    mine.messages_in += received;
    mine.messages_out += sent;
    if (received > 0) this.#rt.metrics.companyMessages.inc({ company: company.slug, direction: 'in' }, received);
    if (sent > 0) this.#rt.metrics.companyMessages.inc({ company: company.slug, direction: 'out' }, sent);
    this.#share();
  }

  /** How many messages the company may still send today. */
  async messagesLeft(company: Company): Promise<number> {
    const limit = company.limits.messages_per_day;
    return limit === null || limit === undefined ? Infinity : Math.max(0, limit - (await this.today(company)).messages_out);
  }

  /** Throws `companies.limit_messages` (429) when the company may not send this many more today. */
  async requireMessages(company: Company, wanted: number): Promise<void> {
    if (wanted > await this.messagesLeft(company)) throw await this.tooMany(company, wanted);
  }

  /** What to say of so many messages that are over the day's limit; they are counted as refused. */
  async tooMany(company: Company, refused: number): Promise<AppError> {
    const limit = company.limits.messages_per_day ?? 0;
    const used = (await this.today(company)).messages_out;
    this.#rt.metrics.companyRefusals.inc({ company: company.slug, limit: 'messages_per_day' }, refused);
    return errors.limit_messages(`The limit is ${limit}, ${used} are sent.`, { limit, used, retry_after: secondsToMidnight(company.timezone, this.#rt.clock.now()) });
  }

  /** What the company used today, by the whole installation. */
  async today(company: Company): Promise<DayUsage> {
    const day = this.#day(company);
    day.known ??= await dayOf(this.#rt.db, company.id, day.day);
    const { known, mine } = day;
    return { ...known, messages_in: known.messages_in + mine.messages_in, messages_out: known.messages_out + mine.messages_out, requests: known.requests + mine.requests };
  }

  /** Shares what is counted; the last thing before the process ends. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#sharing;
    await this.#flush();
  }

  #share(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#sharing = this.#sharing.then(() => this.#flush());
    }, SHARE_MS).unref();
  }

  async #flush(): Promise<void> {
    const now = this.#rt.clock.now();
    for (const [key, d] of this.#days) if (d.mine.messages_in + d.mine.messages_out + d.mine.requests === 0 && d.day !== localDay(d.timezone, now)) this.#days.delete(key);
    const days = [...this.#days.values()].filter((d) => d.mine.messages_in + d.mine.messages_out + d.mine.requests > 0).map((d) => ({ entry: d, mine: d.mine }));
    const minutes = [...this.#minutes.values()].filter((m) => m.mine > 0).map((m) => ({ entry: m, mine: m.mine }));
    // What is counted meanwhile begins anew. Until the totals are read it counts twice nowhere: `known` grows when `mine` was taken off.
    for (const d of days) d.entry.mine = { messages_in: 0, messages_out: 0, requests: 0 };
    for (const m of minutes) {
      m.entry.mine = 0;
      m.entry.known += m.mine;
    }
    for (const d of days) if (d.entry.known) d.entry.known = sum(d.entry.known, d.mine);
    try {
      const totals = days.length === 0 ? [] : await addDays(this.#rt.db, days.map((d) => ({ company_id: d.entry.company_id, day: d.entry.day, ...d.mine })));
      for (const total of totals) this.#heard(total);
      const paces = minutes.length === 0 ? [] : await addMinutes(this.#rt.db, minutes.map((m) => ({ company_id: m.entry.company_id, minute: new Date(m.entry.minute * MINUTE_MS), requests: m.mine })));
      for (const pace of paces) {
        const entry = this.#minutes.get(pace.company_id);
        if (entry && entry.minute === Math.floor(pace.minute.getTime() / MINUTE_MS)) entry.known = pace.requests;
      }
    } catch (error) {
      // Figures are no reason to fail anything; a database that is away misses this second.
      this.#rt.log.debug({ error: (error as Error).message }, 'usage could not be shared');
    }
  }

  #heard(total: DayUsage): void {
    const entry = this.#days.get(`${total.company_id} ${total.day}`);
    if (entry) entry.known = total;
  }

  #day(company: Company): Day {
    const day = localDay(company.timezone, this.#rt.clock.now());
    const key = `${company.id} ${day}`;
    let entry = this.#days.get(key);
    if (!entry) {
      entry = { company_id: company.id, timezone: company.timezone, day, mine: { messages_in: 0, messages_out: 0, requests: 0 }, known: undefined };
      this.#days.set(key, entry);
    }
    return entry;
  }

  #minute(company: Company, minute: number): Minute {
    let entry = this.#minutes.get(company.id);
    if (!entry || entry.minute !== minute) {
      entry = { company_id: company.id, minute, mine: 0, known: 0 };
      this.#minutes.set(company.id, entry);
    }
    return entry;
  }
}

export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds. */
  readonly reset: number;
  readonly exceeded: boolean;
}

const meters = new WeakMap<Runtime, Usage>();
/** The counters of this process. */
export function usageOf(rt: Runtime): Usage {
  let usage = meters.get(rt);
  if (!usage) meters.set(rt, usage = new Usage(rt));
  return usage;
}

const paces = new WeakMap<FastifyRequest, RateLimit>();

/** Counts a request of the API for its company. Throws `companies.limit_requests` (429). */
export function countRequest(rt: Runtime, company: Company, request: FastifyRequest): void {
  const pace = usageOf(rt).request(company);
  if (!pace) return;
  paces.set(request, pace);
  if (!pace.exceeded) return;
  rt.metrics.companyRefusals.inc({ company: company.slug, limit: 'requests_per_minute' });
  throw errors.limit_requests(`The limit is ${pace.limit} a minute.`, { limit: pace.limit, retry_after: pace.reset });
}

/** What the answer to this request says about the pace; none without a limit. */
export function rateLimitHeaders(request: FastifyRequest): Readonly<Record<string, string>> {
  const pace = paces.get(request);
  return pace ? { 'ratelimit-limit': String(pace.limit), 'ratelimit-remaining': String(pace.remaining), 'ratelimit-reset': String(pace.reset) } : {};
}

/** Follows the messages of every room. People and systems are refused over the limit; what a bot says over it was set aside before (`refused`). */
export function followMessages(rt: Runtime): void {
  rt.events.on('message.added', async (tx, added) => {
    if (!tx.company) return;
    const company = await companyById(rt, tx.company.id);
    const sent = added.filter((m) => m.direction === 'out' && m.refused !== true && (m.author === 'agent' || m.author === 'api' || m.author === 'bot'));
    const asked = sent.filter((m) => m.author !== 'bot').length;
    if (asked > 0) await usageOf(rt).requireMessages(company, asked);
    const received = added.filter((m) => m.author === 'contact').length;
    tx.onCommit(() => usageOf(rt).messages(company, { received, sent: sent.length }));
  });
}

function sum(a: DayUsage, b: { messages_in: number; messages_out: number; requests: number }): DayUsage {
  return { ...a, messages_in: a.messages_in + b.messages_in, messages_out: a.messages_out + b.messages_out, requests: a.requests + b.requests };
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(timezone: string): Intl.DateTimeFormat {
  let hit = formats.get(timezone);
  if (!hit) {
    hit = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    formats.set(timezone, hit);
  }
  return hit;
}
function parts(timezone: string, now: number): Record<string, string> {
  return Object.fromEntries(format(timezone).formatToParts(now).map((p) => [p.type, p.value]));
}

// Asked with every request and message: reckoned once a minute for each zone.
const days = new Map<string, { minute: number; day: string }>();
function localDay(timezone: string, now: number): string {
  const at = Math.floor(now / MINUTE_MS);
  const hit = days.get(timezone);
  if (hit?.minute === at) return hit.day;
  const { year, month, day } = parts(timezone, now);
  const text = `${year}-${month}-${day}`;
  days.set(timezone, { minute: at, day: text });
  return text;
}

/** At most an hour wrong on the two days a year when clocks change; the next try says it better. */
function secondsToMidnight(timezone: string, now: number): number {
  const { hour, minute, second } = parts(timezone, now);
  return 86_400 - Number(hour) * 3600 - Number(minute) * 60 - Number(second);
}

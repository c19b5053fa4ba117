import { randomFraction } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { MESSAGE_CLASSES } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { acquaintance } from './acquaintance.ts';
import { HOUR_MS, healthOf } from './health.ts';
import { allowance, HumanTempo } from './human-pace.ts';
import { Pace } from './pace.ts';
import { returnOutbox, type Taken } from './store.ts';
import { waitingByIds } from './store-breakers.ts';
import { hoursSince } from './store-health.ts';

/** Messages looked through for one that may go, where the day's are used up. */
const SIFT = 50;
/** An answer is one to somebody who wrote within this time. */
const ANSWER_MS = 24 * HOUR_MS;

/** Since when the number is used on WhatsApp, as far as we know; milliseconds. */
const sinceOf = (route: Pick<Route, 'settings' | 'created_at'>): number => (route.settings.number_since ? Date.parse(route.settings.number_since) : route.created_at.getTime());

/** Messages a human-like route may begin within 24 hours, at the age it has; null: as many as its carrier takes. */
export function dailyAllowance(route: Pick<Route, 'settings' | 'created_at' | 'limits'>, now: number): number | null {
  return route.limits.human ? allowance(route.limits.human, now - sinceOf(route)) : null;
}

interface Entry {
  readonly pace: Pace;
  readonly tempo: HumanTempo | undefined;
  /** The limits it was made of. */
  readonly as: string;
  loaded: boolean;
}

/** The paces of one pump's routes, in its memory: there is one pump per route at a time. */
export class Paces {
  readonly #rt: Runtime;
  readonly #known = new Map<string, Entry>();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  of(route: Route): Pace {
    return this.#entry(route).pace;
  }

  get(routeId: string): Pace | undefined {
    return this.#known.get(routeId)?.pace;
  }

  #entry(route: Route): Entry {
    const as = JSON.stringify([route.limits, route.settings.number_since]);
    const known = this.#known.get(route.id);
    if (known?.as === as) return known;
    const { human } = route.limits;
    const tempo = human && new HumanTempo(human, { since: sinceOf(route), random: randomFraction });
    const entry = { pace: new Pace(route.limits, this.#rt.clock.now(), tempo), tempo, as, loaded: tempo === undefined };
    this.#known.set(route.id, entry);
    return entry;
  }

  /** Before the first message of a human-like route: what it began under its last owners. */
  async ready(route: Route): Promise<void> {
    const entry = this.#entry(route);
    if (entry.loaded) return;
    await healthOf(this.#rt).flush();
    const hours = await hoursSince(this.#rt.db, route.id, new Date(this.#rt.clock.now() - 24 * HOUR_MS));
    entry.tempo?.load(hours.map((h) => ({ ...h, hour: h.hour.getTime() })));
    entry.loaded = true;
  }

  /** How many to take from the outbox where `allowed` may go: of a human-like route more, in case some are held back. */
  wanted(route: Route, allowed: number): number {
    return allowed > 0 && this.#entry(route).tempo?.mayBegin(this.#rt.clock.now(), true) ? SIFT : allowed;
  }

  /** Puts back what may not go yet, by the contact's own pace or by that of a human-like number; answers what may. */
  async sift(tx: Tx, rows: readonly Taken[], plans: ReadonlyMap<string, { readonly route: Route | undefined; readonly allowed: number }>): Promise<Taken[]> {
    const now = this.#rt.clock.now();
    const back: { message_id: string; due: Date }[] = [];
    const going: Taken[] = [];
    const left = new Map([...plans].map(([id, p]) => [id, p.allowed]));
    const begins = await this.#begins(tx, rows, plans);
    for (const row of rows) {
      const { pace, tempo } = this.#known.get(row.route_id)!;
      const free = left.get(row.route_id) ?? 0;
      const begin = begins.get(row.message_id);
      const wait = free <= 0 ? 1 : begin && MESSAGE_CLASSES[row.class] !== 'otp' ? tempo!.mayBegin(now, begin.stranger) : 0;
      const held = wait > 0 ? wait : pace.pair(row.contact_id, now);
      if (held > 0) {
        back.push({ message_id: row.message_id, due: new Date(free <= 0 ? 0 : now + held) });
        continue;
      }
      left.set(row.route_id, free - 1);
      if (begin) this.#began(row.route_id, begin.stranger);
      going.push(row);
    }
    if (back.length > 0) await returnOutbox(tx, back);
    return going;
  }

  #began(routeId: string, stranger: boolean): void {
    this.#known.get(routeId)!.tempo!.began(this.#rt.clock.now(), stranger);
    healthOf(this.#rt).count(routeId, 'begun');
    if (stranger) healthOf(this.#rt).count(routeId, 'stranger');
  }

  /** Of human-like routes, the messages that are no answers, and whether they go to somebody new. */
  async #begins(tx: Tx, rows: readonly Taken[], plans: ReadonlyMap<string, { readonly route: Route | undefined }>): Promise<Map<string, { stranger: boolean }>> {
    const human = rows.filter((r) => plans.get(r.route_id)?.route?.limits.human);
    if (human.length === 0) return new Map();
    const now = this.#rt.clock.now();
    const waiting = await waitingByIds(tx, human.map((r) => r.message_id));
    const known = await acquaintance(this.#rt, tx, waiting);
    return new Map(waiting.flatMap((w) => {
      const { wrote_at, earlier } = known.get(w.message_id) ?? { wrote_at: null, earlier: true };
      const answers = MESSAGE_CLASSES[w.class] !== 'bulk' && wrote_at !== null && now - wrote_at.getTime() < ANSWER_MS;
      return answers ? [] : [[w.message_id, { stranger: wrote_at === null && !earlier }] as const];
    }));
  }
}

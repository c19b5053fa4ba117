import type { Runtime } from '../runtime.ts';
import type { Journal, Row } from './journal.ts';
import { number as integer, text, textOrNull } from './journal.ts';

/** An app at Meta: the secret that signs webhooks, the token that may call, the callback that hears. */
export interface App {
  readonly appId: string;
  readonly name: string;
  readonly appSecret: string;
  readonly accessToken: string;
  verifyToken: string;
  callbackUrl: string | null;
  readonly createdAt: number;
}

export interface Waba {
  readonly wabaId: string;
  readonly appId: string;
  readonly name: string;
  readonly createdAt: number;
}

/** Messages per second in and out together: STANDARD 80, HIGH 1000 (providers 1.12); UNLIMITED has no limit of rate or pair. */
export type Tier = 'STANDARD' | 'HIGH' | 'UNLIMITED';

export const TIERS: readonly Tier[] = ['STANDARD', 'HIGH', 'UNLIMITED'];

/** Whose API a number is behind. Its customers' phones, files and faults are the same network's. */
export type Carrier = 'meta' | '360dialog' | 'twilio' | 'evolution' | 'whatsapp-web';

export const CARRIERS: readonly Carrier[] = ['meta', '360dialog', 'twilio', 'evolution', 'whatsapp-web'];

/** How a number's carrier knows it; what Meta's numbers need is in their app. */
export interface CarrierLine {
  /** Where its webhooks go, and the headers that were asked for. */
  hook?: { url: string; headers?: Record<string, string>; events?: string[] };
  /** 360dialog: the D360-API-KEY, and the partner's secret that signs. Evolution: the instance's token. */
  key?: string;
  partner_secret?: string;
  /** Twilio. */
  account_sid?: string;
  auth_token?: string;
  /** Evolution. */
  instance?: string;
  state?: 'open' | 'connecting' | 'close';
  /** Which version's way of naming people its webhooks have. */
  lid?: LidVariant;
}

/** `2.3.6`: the LID, the number beside it · `2.3.7`: the number twice · `2.4`: the number, the LID beside it · `only`: nothing but the LID · `none`: no LID at all. */
export type LidVariant = '2.3.6' | '2.3.7' | '2.4' | 'only' | 'none';

export const LID_VARIANTS: readonly LidVariant[] = ['2.3.6', '2.3.7', '2.4', 'only', 'none'];

/** A business number. */
export interface BusinessNumber {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  /** Digits only. */
  readonly businessNumber: string;
  readonly display: string;
  name: string;
  tier: Tier;
  overrideUrl: string | null;
  profile: Record<string, unknown>;
  /** Messages ever accepted from the business side. */
  accepted: number;
  readonly createdAt: number;
  readonly carrier: Carrier;
  line: CarrierLine;
}

export interface Destination {
  readonly app: App;
  readonly url: string;
}

export interface NewNumber {
  /** Its id; else one of 15 digits. */
  readonly phoneNumberId?: string;
  readonly businessNumber?: string;
  readonly name?: string;
  readonly tier?: Tier;
  /** An existing WABA; else the first one. */
  readonly wabaId?: string;
  readonly own?: 'waba' | 'app';
  /** Meta, when left out; others have an app and a WABA of their own behind the scenes. */
  readonly carrier?: Carrier;
  readonly line?: CarrierLine;
}

/** Apps, WABAs, numbers and subscriptions: few, so all of them are kept in memory beside their rows. */
export class Identities {
  readonly apps = new Map<string, App>();
  readonly wabas = new Map<string, Waba>();
  readonly numbers = new Map<string, BusinessNumber>();
  readonly #byToken = new Map<string, App>();
  readonly #byBusinessNumber = new Map<string, BusinessNumber>();
  readonly #subscriptions = new Map<string, Map<string, string | null>>();
  readonly #counted = new Set<BusinessNumber>();
  readonly #journal: Journal;
  readonly #runtime: Runtime;

  constructor(journal: Journal, runtime: Runtime) {
    this.#journal = journal;
    this.#runtime = runtime;
    this.#load();
    if (this.numbers.size === 0) this.create({ name: 'Municipalidad Demo', own: 'app' });
    const count = journal.prepare('update numbers set accepted = ? where phone_number_id = ?');
    journal.beforeCommit(() => {
      for (const changed of this.#counted) count.run(changed.accepted, changed.phoneNumberId);
      this.#counted.clear();
    });
  }

  #load(): void {
    const all = (table: string): Row[] => this.#journal.prepare(`select * from ${table} order by 1`).all();
    for (const row of all('apps')) {
      this.#keepApp({
        appId: text(row, 'app_id'), name: text(row, 'name'), appSecret: text(row, 'app_secret'),
        accessToken: text(row, 'access_token'), verifyToken: text(row, 'verify_token'),
        callbackUrl: textOrNull(row, 'callback_url'), createdAt: integer(row, 'created_at'),
      });
    }
    for (const row of all('wabas')) {
      const waba = { wabaId: text(row, 'waba_id'), appId: text(row, 'app_id'), name: text(row, 'name'), createdAt: integer(row, 'created_at') };
      this.wabas.set(waba.wabaId, waba);
    }
    for (const row of all('subscriptions')) {
      this.#subscriptionsOf(text(row, 'waba_id')).set(text(row, 'app_id'), textOrNull(row, 'override_url'));
    }
    const rows = this.#journal.prepare('select * from numbers order by created_at, business_number').all();
    for (const row of rows) {
      const tier = TIERS.find((known) => known === row['tier']) ?? 'STANDARD';
      this.#keepNumber({
        phoneNumberId: text(row, 'phone_number_id'), wabaId: text(row, 'waba_id'), businessNumber: text(row, 'business_number'),
        display: text(row, 'display'), name: text(row, 'name'), tier, overrideUrl: textOrNull(row, 'override_url'),
        profile: JSON.parse(text(row, 'profile')) as Record<string, unknown>,
        accepted: integer(row, 'accepted'), createdAt: integer(row, 'created_at'),
        carrier: CARRIERS.find((known) => known === row['carrier']) ?? 'meta', line: JSON.parse(text(row, 'line')) as CarrierLine,
      });
    }
  }

  #keepApp(app: App): void {
    this.apps.set(app.appId, app);
    this.#byToken.set(app.accessToken, app);
  }

  #keepNumber(kept: BusinessNumber): void {
    this.numbers.set(kept.phoneNumberId, kept);
    this.#byBusinessNumber.set(kept.businessNumber, kept);
  }

  #subscriptionsOf(wabaId: string): Map<string, string | null> {
    const known = this.#subscriptions.get(wabaId);
    if (known !== undefined) return known;
    const fresh = new Map<string, string | null>();
    this.#subscriptions.set(wabaId, fresh);
    return fresh;
  }

  /** The number a newcomer sees first. */
  get demo(): BusinessNumber {
    const first = this.numbers.values().next().value;
    if (first === undefined) throw new Error('the sandbox has no number');
    return first;
  }

  appOfToken(token: string): App | undefined {
    const known = this.#byToken.get(token);
    if (known !== undefined) return known;
    // An app's own token is its id and secret.
    const [appId, secret] = token.split('|');
    const app = this.apps.get(appId ?? '');
    return secret !== undefined && app?.appSecret === secret ? app : undefined;
  }

  byBusinessNumber(digits: string): BusinessNumber | undefined {
    return this.#byBusinessNumber.get(digits);
  }

  appOf(owned: BusinessNumber): App {
    const app = this.apps.get(this.wabas.get(owned.wabaId)?.appId ?? '');
    if (app === undefined) throw new Error(`number ${owned.phoneNumberId} has no app`);
    return app;
  }

  /** A new number, in a new WABA or app if asked. The WABA's app is subscribed to it. */
  create(wish: NewNumber): BusinessNumber {
    const now = this.#runtime.now();
    this.#journal.write();
    let waba = wish.own === undefined ? this.wabas.get(wish.wabaId ?? this.demo.wabaId) : undefined;
    if (waba === undefined) {
      const app = wish.own === 'app' ? this.#createApp(wish.name ?? 'App', now) : this.appOf(this.demo);
      waba = { wabaId: this.#runtime.digits(15), appId: app.appId, name: wish.name ?? 'WABA', createdAt: now };
      this.#journal.prepare('insert into wabas values (?, ?, ?, ?)').run(waba.wabaId, waba.appId, waba.name, now);
      this.wabas.set(waba.wabaId, waba);
      this.subscribe(waba.wabaId, app.appId, null);
    }
    const digits = wish.businessNumber ?? this.#freeNumber();
    const created: BusinessNumber = {
      phoneNumberId: wish.phoneNumberId ?? this.#runtime.digits(15), wabaId: waba.wabaId, businessNumber: digits, display: display(digits),
      name: wish.name ?? `Número ${this.numbers.size + 1}`, tier: wish.tier ?? 'STANDARD', overrideUrl: null,
      profile: { about: '', address: '', description: '', email: '', websites: [], vertical: 'UNDEFINED' }, accepted: 0, createdAt: now,
      carrier: wish.carrier ?? 'meta', line: wish.line ?? {},
    };
    this.#journal
      .prepare('insert into numbers (phone_number_id, waba_id, business_number, display, name, tier, profile, created_at, carrier, line) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(created.phoneNumberId, created.wabaId, digits, created.display, created.name, created.tier, JSON.stringify(created.profile), now, created.carrier, JSON.stringify(created.line));
    this.#keepNumber(created);
    return created;
  }

  #createApp(name: string, now: number): App {
    const app: App = {
      appId: this.#runtime.digits(16), name, appSecret: this.#runtime.hex(32), accessToken: `EAA${this.#runtime.token(90)}`,
      verifyToken: this.#runtime.hex(24), callbackUrl: null, createdAt: now,
    };
    this.#journal.prepare('insert into apps values (?, ?, ?, ?, ?, ?, ?)')
      .run(app.appId, app.name, app.appSecret, app.accessToken, app.verifyToken, null, now);
    this.#keepApp(app);
    return app;
  }

  #freeNumber(): string {
    for (let candidate = 56_220_000_000; ; candidate += 1) {
      if (!this.#byBusinessNumber.has(String(candidate))) return String(candidate);
    }
  }

  saveApp(app: App): void {
    this.#journal.write();
    this.#journal.prepare('update apps set callback_url = ?, verify_token = ? where app_id = ?').run(app.callbackUrl, app.verifyToken, app.appId);
  }

  saveNumber(changed: BusinessNumber): void {
    this.#journal.write();
    this.#journal.prepare('update numbers set name = ?, tier = ?, override_url = ?, profile = ?, line = ? where phone_number_id = ?')
      .run(changed.name, changed.tier, changed.overrideUrl, JSON.stringify(changed.profile), JSON.stringify(changed.line), changed.phoneNumberId);
  }

  /** Written with the next commit. */
  countAccepted(by: BusinessNumber): void {
    by.accepted += 1;
    this.#counted.add(by);
  }

  subscribe(wabaId: string, appId: string, overrideUrl: string | null): void {
    this.#journal.write();
    this.#journal.prepare('insert into subscriptions values (?, ?, ?) on conflict do update set override_url = excluded.override_url').run(wabaId, appId, overrideUrl);
    this.#subscriptionsOf(wabaId).set(appId, overrideUrl);
  }

  unsubscribe(wabaId: string, appId: string): void {
    this.#journal.write();
    this.#journal.prepare('delete from subscriptions where waba_id = ? and app_id = ?').run(wabaId, appId);
    this.#subscriptionsOf(wabaId).delete(appId);
  }

  /** [app id, override of the WABA] of everyone who is subscribed. */
  subscribed(wabaId: string): [string, string | null][] {
    return [...this.#subscriptionsOf(wabaId)];
  }

  /** The number of a carrier that is known to it by this. */
  ofCarrier(carrier: Carrier, fits: (line: CarrierLine) => boolean): BusinessNumber | undefined {
    for (const one of this.numbers.values()) if (one.carrier === carrier && fits(one.line)) return one;
    return undefined;
  }

  /** The number of a WABA that is behind another carrier than Meta. */
  carrierNumberOf(wabaId: string): BusinessNumber | undefined {
    for (const one of this.numbers.values()) if (one.wabaId === wabaId && one.carrier !== 'meta') return one;
    return undefined;
  }

  /** Forgets a number with its WABA and app, all of which were made for it. */
  remove(gone: BusinessNumber): void {
    const { appId } = this.appOf(gone);
    this.#journal.write();
    this.#journal.prepare('delete from numbers where phone_number_id = ?').run(gone.phoneNumberId);
    this.#journal.prepare('delete from wabas where waba_id = ?').run(gone.wabaId);
    this.#journal.prepare('delete from subscriptions where waba_id = ?').run(gone.wabaId);
    this.#journal.prepare('delete from apps where app_id = ?').run(appId);
    for (const table of ['templates', 'contents']) this.#journal.prepare(`delete from ${table} where waba_id = ?`).run(gone.wabaId);
    this.numbers.delete(gone.phoneNumberId);
    this.#byBusinessNumber.delete(gone.businessNumber);
    this.wabas.delete(gone.wabaId);
    this.#subscriptions.delete(gone.wabaId);
    this.#byToken.delete(this.apps.get(appId)?.accessToken ?? '');
    this.apps.delete(appId);
  }

  /** Forgets every number, WABA and app but the first. */
  keepOnlyDemo(): void {
    const { demo } = this;
    const { appId } = this.appOf(demo);
    this.#journal.write();
    this.#journal.prepare('delete from numbers where phone_number_id <> ?').run(demo.phoneNumberId);
    this.#journal.prepare('delete from wabas where waba_id <> ?').run(demo.wabaId);
    this.#journal.prepare('delete from subscriptions where waba_id <> ?').run(demo.wabaId);
    for (const table of ['templates', 'contents']) this.#journal.prepare(`delete from ${table} where waba_id <> ?`).run(demo.wabaId);
    this.#journal.prepare('delete from apps where app_id <> ?').run(appId);
    for (const map of [this.numbers, this.wabas, this.apps, this.#subscriptions, this.#byToken, this.#byBusinessNumber, this.#counted]) map.clear();
    this.#load();
  }

  /** Where an app's updates go: the number's own override, then the WABA's, then the app's callback. */
  destination(appId: string, of: { wabaId: string; phoneNumberId: string | null }): Destination | undefined {
    const app = this.apps.get(appId);
    const subscription = this.#subscriptionsOf(of.wabaId).get(appId);
    if (app === undefined || subscription === undefined) return undefined;
    const owner = of.phoneNumberId === null ? undefined : this.numbers.get(of.phoneNumberId);
    // Twilio is told with each message where to report.
    if (owner !== undefined && owner.carrier !== 'meta') return owner.line.hook === undefined && owner.carrier !== 'twilio' ? undefined : { app, url: owner.line.hook?.url ?? '' };
    const url = owner?.overrideUrl ?? subscription ?? app.callbackUrl;
    return url === null ? undefined : { app, url };
  }
}

/** `56220000000` → `+56 22 000 0000`-like grouping is the country's affair; the wire only shows digits with a plus in front. */
function display(digits: string): string {
  return digits.startsWith('5622') && digits.length === 11 ? `+56 2 ${digits.slice(3, 7)} ${digits.slice(7)}` : `+${digits}`;
}

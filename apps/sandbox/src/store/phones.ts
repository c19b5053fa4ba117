import { Lru } from '../lru.ts';
import { countryOf, international } from '../network/numbers.ts';
import type { Runtime } from '../runtime.ts';
import type { Journal, Row } from './journal.ts';
import { flag, number as integer, numberOrNull, text, textOrNull } from './journal.ts';

/** A customer's phone. `number` is its wa_id. */
export interface Phone {
  readonly number: string;
  display: string;
  name: string;
  username: string | null;
  bsuid: string;
  /** Reads what arrives by itself, after the delay. */
  autoRead: boolean;
  online: boolean;
  onWhatsapp: boolean;
  /** Off: webhooks show the business-scoped user id and no number (2026 usernames). */
  shareNumber: boolean;
  /** Off: stopped marketing messages (131050). */
  marketing: boolean;
  /** Shown on the page without anybody having asked for it. */
  suggested: boolean;
  readonly createdAt: number;
}

/** What one business number and one phone have with each other. */
export interface Chat {
  readonly phoneNumberId: string;
  readonly number: string;
  lastInboundAt: number | null;
  lastSeq: number;
  /** Pair limit: what is left of the burst, and since when. Memory only. */
  tokens: number;
  tokensAt: number;
}

/** 1 message per 6 s to the same user, of which 45 may be borrowed in a burst (providers 1.12). */
export const PAIR_BURST = 45;

export class Phones {
  // Bounded: a soak may write from a million numbers.
  readonly #phones = new Lru<string, Phone>(20_000);
  readonly #chats = new Lru<string, Chat>(50_000);
  readonly #journal: Journal;
  readonly #runtime: Runtime;
  readonly #sql;

  constructor(journal: Journal, runtime: Runtime) {
    this.#journal = journal;
    this.#runtime = runtime;
    this.#sql = {
      get: journal.prepare('select * from phones where number = ?'),
      byBsuid: journal.prepare('select * from phones where bsuid = ?'),
      put: journal.prepare(`insert into phones values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (number) do update set display = excluded.display, name = excluded.name, username = excluded.username, bsuid = excluded.bsuid,
        auto_read = excluded.auto_read, online = excluded.online, on_whatsapp = excluded.on_whatsapp,
        share_number = excluded.share_number, marketing = excluded.marketing, suggested = excluded.suggested`),
      chat: journal.prepare('select * from chats where phone_number_id = ? and number = ?'),
      touch: journal.prepare(`insert into chats values (?, ?, ?, ?)
        on conflict do update set last_inbound_at = excluded.last_inbound_at, last_seq = excluded.last_seq`),
      chatsOf: journal.prepare('select * from chats where number = ? order by last_seq desc'),
    };
  }

  /** Four phones to pick up on the first visit. */
  suggest(): void {
    const people: [string, string][] = [['56961234567', 'Ana Rojas'], ['56922222222', 'Benito Soto'], ['5491133334444', 'Carla Giménez'], ['5511944445555', 'Davi Lima']];
    for (const [number, name] of people) this.create(number, { name, suggested: true });
  }

  find(number: string): Phone | undefined {
    const known = this.#phones.get(number);
    if (known !== undefined) return known;
    const row = this.#sql.get.get(number);
    return row === undefined ? undefined : this.#keep(phoneOf(row));
  }

  findByBsuid(bsuid: string): Phone | undefined {
    const row = this.#sql.byBsuid.get(bsuid);
    return row === undefined ? undefined : this.find(text(row, 'number'));
  }

  /** The phone with that number: any number is one, so it is made when it is not there yet. */
  ensure(number: string): Phone {
    return this.find(number) ?? this.create(number, {});
  }

  create(number: string, given: { name?: string; display?: string; suggested?: boolean }): Phone {
    const phone: Phone = {
      number, display: given.display ?? international(number), name: given.name ?? '', username: null,
      bsuid: `${countryOf(number)}.${this.#runtime.digits(17)}`, autoRead: true, online: true, onWhatsapp: true, shareNumber: true,
      marketing: true, suggested: given.suggested ?? false, createdAt: this.#runtime.now(),
    };
    this.save(phone);
    return this.#keep(phone);
  }

  save(phone: Phone): void {
    this.#journal.write();
    this.#sql.put.run(
      phone.number, phone.display, phone.name, phone.username, phone.bsuid, Number(phone.autoRead), Number(phone.online),
      Number(phone.onWhatsapp), Number(phone.shareNumber), Number(phone.marketing), Number(phone.suggested), phone.createdAt,
    );
  }

  #keep(phone: Phone): Phone {
    this.#phones.set(phone.number, phone);
    return phone;
  }

  /** Latest talk first, then those never used; `after` is an offset. */
  list(page: { limit: number; after: number; search?: string }): Phone[] {
    const like = `%${page.search ?? ''}%`;
    const rows = this.#journal.prepare(`select p.*, (select max(last_seq) from chats c where c.number = p.number) as talked
      from phones p where p.number like ? or p.name like ? order by talked desc nulls last, p.created_at limit ? offset ?`)
      .all(like, like, page.limit, page.after);
    return rows.map((row) => this.find(text(row, 'number')) ?? phoneOf(row));
  }

  count(): number {
    return Number(this.#journal.prepare('select count(*) as n from phones').get()?.['n'] ?? 0);
  }

  chat(phoneNumberId: string, number: string): Chat {
    const key = `${phoneNumberId}:${number}`;
    const known = this.#chats.get(key);
    if (known !== undefined) return known;
    const row = this.#sql.chat.get(phoneNumberId, number);
    const chat: Chat = {
      phoneNumberId, number, lastInboundAt: row === undefined ? null : numberOrNull(row, 'last_inbound_at'),
      lastSeq: row === undefined ? 0 : integer(row, 'last_seq'), tokens: PAIR_BURST, tokensAt: this.#runtime.now(),
    };
    this.#chats.set(key, chat);
    return chat;
  }

  touch(chat: Chat): void {
    this.#journal.write();
    this.#sql.touch.run(chat.phoneNumberId, chat.number, chat.lastInboundAt, chat.lastSeq);
  }

  chatsOf(number: string): Chat[] {
    return this.#sql.chatsOf.all(number).map((row) => this.chat(text(row, 'phone_number_id'), number));
  }

  forgetAll(): void {
    this.#phones.clear();
    this.#chats.clear();
  }
}

function phoneOf(row: Row): Phone {
  return {
    number: text(row, 'number'), display: text(row, 'display'), name: text(row, 'name'), username: textOrNull(row, 'username'),
    bsuid: text(row, 'bsuid'), autoRead: flag(row, 'auto_read'), online: flag(row, 'online'), onWhatsapp: flag(row, 'on_whatsapp'),
    shareNumber: flag(row, 'share_number'), marketing: flag(row, 'marketing'), suggested: flag(row, 'suggested'), createdAt: integer(row, 'created_at'),
  };
}

/** How a message of the business gets to a phone: accepted → sent → delivered → read, or failed. */
import { statusFailure } from '../graph/errors.ts';
import type { Runtime } from '../runtime.ts';
import type { BusinessNumber, Identities } from '../store/identities.ts';
import type { Journal } from '../store/journal.ts';
import type { Message, MessageStatus, Messages } from '../store/messages.ts';
import type { Phone, Phones } from '../store/phones.ts';
import type { TunableStore } from '../tunables.ts';
import type { Links } from './links.ts';
import type { Publisher } from './publish.ts';

export interface LadderParts {
  readonly runtime: Runtime;
  readonly journal: Journal;
  readonly identities: Identities;
  readonly messages: Messages;
  readonly phones: Phones;
  readonly tunables: TunableStore;
  readonly publisher: Publisher;
  readonly links: Links;
  /** Shows on the pages what became of a message. */
  readonly tell: (message: Message) => void;
}

export class Ladder {
  readonly #parts: LadderParts;
  readonly #timers = new Map<number, NodeJS.Timeout>();
  #stopped = false;

  constructor(parts: LadderParts) {
    this.#parts = parts;
  }

  /** Goes on where a former process stopped. */
  resume(): void {
    for (const message of this.#parts.messages.onTheWay()) this.start(message);
  }

  /** Takes the next step of a message when its time comes. */
  start(message: Message): void {
    const { next } = message;
    if (next === null || this.#stopped) return;
    const delays = this.#parts.tunables.now.status_delays;
    const delay = next === 'fetch' ? 0 : next === 'failed' ? delays.sent : delays[next];
    const wait = Math.max(0, message.createdAt + delay - this.#parts.runtime.now());
    this.#timers.set(message.seq, setTimeout(() => this.#step(message), wait));
  }

  #step(message: Message): void {
    this.#timers.delete(message.seq);
    const business = this.#parts.identities.numbers.get(message.phoneNumberId);
    if (this.#stopped || business === undefined || message.next === null) return;
    switch (message.next) {
      case 'fetch': {
        const done = (): void => {
          if (!this.#stopped) this.start(message);
        };
        this.#fetch(message).then(done, done);
        return;
      }
      case 'sent': this.#sent(message, business); return;
      case 'delivered': this.#delivered(message, business); return;
      case 'read': this.#climb(message, business, 'read'); return;
      case 'failed': this.#climb(message, business, 'failed'); return;
    }
  }

  #sent(message: Message, business: BusinessNumber): void {
    const phone = this.#parts.phones.ensure(message.number);
    // For reactions only `sent` comes back (providers 1.3).
    message.next = message.type === 'reaction' || !phone.online ? null : 'delivered';
    this.#climb(message, business, 'sent');
    this.start(message);
  }

  #delivered(message: Message, business: BusinessNumber): void {
    const phone = this.#parts.phones.ensure(message.number);
    if (!phone.online) {
      this.#parts.messages.setNext(message, null);
      return;
    }
    message.next = phone.autoRead ? 'read' : null;
    this.#climb(message, business, 'delivered');
    this.start(message);
  }

  /** Downloads what a message links to; what cannot be had fails the message with 131053. */
  async #fetch(message: Message): Promise<void> {
    const { links, messages, journal } = this.#parts;
    const wanted = message.extra?.['links'];
    const list = Array.isArray(wanted) ? (wanted as { kind: string; url: string }[]) : [];
    try {
      const fetched: Record<string, unknown> = {};
      for (const { kind, url } of list) fetched[url] = await links.fetch({ kind, url, phoneNumberId: message.phoneNumberId });
      if (this.#stopped) return;
      const first = list[0];
      const { links: _links, ...rest } = message.extra ?? {};
      messages.setExtra(message, { ...rest, fetched, ...(first === undefined ? {} : { media: fetched[first.url] as NonNullable<Message['extra']>['media'] }) });
      messages.setNext(message, 'sent');
    } catch (error) {
      if (this.#stopped) return;
      const details = error instanceof Error ? error.message : 'the file could not be downloaded';
      messages.setExtra(message, { ...message.extra, errors: [statusFailure(131053, details)] });
      messages.setNext(message, 'failed');
    }
    await journal.committed();
  }

  /** The phone came back: it receives what waited for it. */
  wentOnline(phone: Phone): void {
    for (const message of this.#parts.messages.waiting(phone.number, 'sent')) {
      const business = this.#parts.identities.numbers.get(message.phoneNumberId);
      if (business !== undefined && message.type !== 'reaction') this.#delivered(message, business);
    }
  }

  /** Somebody looked: everything delivered up to a message is read. Returns how many were. */
  read(phone: Phone, which: { phoneNumberId?: string; upTo?: number }): number {
    let count = 0;
    for (const message of this.#parts.messages.waiting(phone.number, 'delivered')) {
      if (which.phoneNumberId !== undefined && message.phoneNumberId !== which.phoneNumberId) continue;
      if (which.upTo !== undefined && message.seq > which.upTo) continue;
      const business = this.#parts.identities.numbers.get(message.phoneNumberId);
      if (business !== undefined && this.#climb(message, business, 'read')) count += 1;
    }
    return count;
  }

  /** A voice note was listened to. */
  played(message: Message): boolean {
    const business = this.#parts.identities.numbers.get(message.phoneNumberId);
    return business !== undefined && this.#climb(message, business, 'played');
  }

  #climb(message: Message, business: BusinessNumber, status: MessageStatus): boolean {
    const at = this.#parts.runtime.now();
    const next = status === 'sent' || status === 'delivered' ? message.next : null;
    if (!this.#parts.messages.climb(message, status, { at, next })) return false;
    this.#parts.publisher.publish(business, {
      label: `status:${status}`, number: message.number, messageId: message.id, value: `"statuses":[${this.#statusJson(message, status, at)}]`,
    });
    this.#parts.tell(message);
    return true;
  }

  #statusJson(message: Message, status: MessageStatus, at: number): string {
    const phone = this.#parts.phones.ensure(message.number);
    let json = `{"id":"${message.id}","status":"${status}","timestamp":"${Math.floor(at / 1000)}"`;
    if (phone.shareNumber) json += `,"recipient_id":"${message.number}"`;
    json += `,"recipient_user_id":"${phone.bsuid}"`;
    if (message.callback !== null) json += `,"biz_opaque_callback_data":${JSON.stringify(message.callback)}`;
    // With sent and one of delivered and read (providers 1.8); free inside the window, also for utility templates.
    if (status === 'sent' || status === 'delivered') json += `,"pricing":${pricing(message)}`;
    if (status === 'failed') json += `,"errors":${JSON.stringify(message.extra?.errors ?? [])}`;
    return `${json}}`;
  }

  stop(): void {
    this.#stopped = true;
    this.forget();
  }

  forget(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}

function pricing(message: Message): string {
  const category = message.extra?.category ?? 'service';
  const free = category === 'service' || (category === 'utility' && message.extra?.['in_window'] === true);
  return `{"billable":${String(!free)},"pricing_model":"PMP","type":"${free ? 'free_customer_service' : 'regular'}","category":"${category}"}`;
}

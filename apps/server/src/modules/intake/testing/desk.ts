import { newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { waitFor } from '../../../../../../test/harness/wait.ts';
import type { Runtime } from '../../../runtime.ts';
import { companyWithAccount } from '../../../testing/runtime.ts';
import type { AddedAccount, Route } from '../../accounts/index.ts';
import type { Company } from '../../companies/index.ts';
import { writerOf } from '../pressure.ts';

/** One message of a body: a text, or any fields of the wire. */
export type Wire = Readonly<Record<string, unknown>>;

let written = 0;
/** A text of the Cloud API. */
export function text(from: string, body: string, more: Wire = {}): Wire {
  return { from, id: `wamid.${++written}.${newUuid()}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body }, ...more };
}
/** A body of the Cloud API for one number. */
export function body(phoneNumberId: string, messages: readonly Wire[], more: Wire = {}): Buffer {
  return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value: {
    messaging_product: 'whatsapp', metadata: { display_phone_number: '1', phone_number_id: phoneNumberId }, messages, ...more,
  } }] }] }));
}

/** A number whose webhooks are stored as the HTTP layer stores them, and unpacked by whoever runs. */
export class Line {
  readonly rt: Runtime;
  readonly company: Company;
  readonly account: AddedAccount;
  readonly route: Route;

  constructor(rt: Runtime, found: { company: Company; account: AddedAccount; route: Route }) {
    this.rt = rt;
    this.company = found.company;
    this.account = found.account;
    this.route = found.route;
  }

  static async open(rt: Runtime): Promise<Line> {
    return new Line(rt, await companyWithAccount(rt));
  }

  inside<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.rt.db.withCompany(this.company, fn);
  }

  /** Resolves when the body is committed, as the carrier's request does; `through`: the process that took it. */
  post(raw: Buffer, through: Runtime = this.rt): Promise<void> {
    return writerOf(through).write({ app_id: this.account.appId, request_id: newUuid(), body: raw });
  }

  say(from: string, words: string, through: Runtime = this.rt): Promise<void> {
    return this.post(body(this.route.sender_id, [text(from, words)]), through);
  }

  async settled(): Promise<void> {
    await waitFor(async () => (await this.rt.db.query<{ n: number }>(
      "select (select count(*) from {s}.receipts_pending) + (select count(*) from {s}.lanes where kind = 'unpack' and (pending > 0 or owner is not null)) as n"))[0]!.n === 0,
    { what: 'receipts to be unpacked' });
  }

  /** Texts of a phone in the order of the timeline. */
  async timeline(phone: string): Promise<string[]> {
    return (await this.inside((tx) => tx.query<{ text: string }>(`
      select m.text from {c}.messages m join {c}.conversations c on c.id = m.conversation_id join {c}.addresses a on a.contact_id = c.contact_id
       where a.kind = 'phone' and a.value = $1 and m.direction = 'in' order by m.id`, [phone]))).map((r) => r.text);
  }

  failed(): Promise<{ payload: Buffer; error_message: string }[]> {
    return this.rt.db.query('select payload, error_message from {s}.failed_webhooks where app_id = $1 order by id', [this.account.appId]);
  }
}

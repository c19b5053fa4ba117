import { readFileSync } from 'node:fs';
import { groupBy } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { waitFor } from '../../../../../../test/harness/wait.ts';
import type { Content, InboundMessage } from '../../../messaging/index.ts';
import type { Runtime } from '../../../runtime.ts';
import { companyWithAccount, inbound } from '../../../testing/runtime.ts';
import type { Route } from '../../accounts/index.ts';
import type { Company } from '../../companies/index.ts';
import { receiveMessages, type HolderKind, type Received } from '../../conversations/index.ts';
import { assignBot, publishFlow, wakeBots } from '../index.ts';

export interface Entry {
  readonly author: string;
  readonly content: Content;
}
interface ConversationState {
  readonly id: string;
  readonly holder: HolderKind;
}

export function exampleFlow(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../../../../packages/flow-engine/examples/${name}`, import.meta.url), 'utf8'));
}

/** A company whose account a bot answers, and the phones that write to it. */
export class Desk {
  readonly rt: Runtime;
  readonly company: Company;
  readonly route: Route;
  botId = '';

  constructor(rt: Runtime, company: Company, route: Route) {
    this.rt = rt;
    this.company = company;
    this.route = route;
  }

  static async open(rt: Runtime, flow: unknown): Promise<Desk> {
    const { company, route } = await companyWithAccount(rt);
    const desk = new Desk(rt, company, route);
    await desk.publish(flow);
    await desk.inside((tx) => assignBot(rt, tx, route.account_id, desk.botId));
    return desk;
  }

  inside<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.rt.db.withCompany(this.company, fn);
  }

  async publish(flow: unknown): Promise<string> {
    const published = await this.inside((tx) => publishFlow(this.rt, tx, { bot: { name: 'Recepción' }, flow }));
    this.botId = published.bot_id;
    return published.revision_id;
  }

  /** Messages that arrive in one batch, as intake hands them over. */
  write(phone: string, ...contents: (Content | string)[]): Promise<Received[]> {
    return this.writeAll(contents.map((content) => ({ phone, content })));
  }

  writeAll(messages: readonly { phone: string; content: Content | string; more?: Partial<InboundMessage> }[]): Promise<Received[]> {
    return this.inside(async (tx) => {
      const received = await receiveMessages(this.rt, tx, messages.map(({ phone, content, more }) => ({ route: this.route, event: inbound(phone, content, more) })));
      await wakeBots(this.rt, tx, received);
      return received;
    });
  }

  /** When no turn and no call is due or under way. */
  async settled(): Promise<void> {
    await waitFor(async () => (await this.rt.db.query<{ n: number }>(
      "select count(*)::integer as n from {s}.lanes where kind in ('turn', 'call') and pending > 0 and (due_at <= now() or owner is not null)"))[0]!.n === 0,
    { what: 'turns and calls to be done' });
  }

  async conversation(phone: string): Promise<ConversationState> {
    const rows = await this.inside((tx) => tx.query<ConversationState>(`
      select c.id, c.holder from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1 and c.account_id = $2`, [phone, this.route.account_id]));
    if (!rows[0]) throw new Error(`${phone} never wrote`);
    return rows[0];
  }

  /** What stands in the timeline of a phone, oldest first. */
  async timeline(phone: string): Promise<Entry[]> {
    const { id } = await this.conversation(phone);
    return this.inside((tx) => tx.query<Entry>('select author, content from {c}.messages where conversation_id = $1 order by id', [id]));
  }

  /** What the bot said, texts only. */
  async said(phone: string): Promise<string[]> {
    return (await this.timeline(phone)).filter((e) => e.author === 'bot').map(({ content }) => ('text' in content ? content.text : 'body' in content ? content.body : undefined) ?? content.type);
  }

  /** Rows that a finished conversation should not leave behind. */
  async leftovers(): Promise<{ inputs: number; sessions: number; calls: number }> {
    return (await this.inside((tx) => tx.query<{ inputs: number; sessions: number; calls: number }>(`
      select (select count(*)::integer from {c}.inputs) as inputs, (select count(*)::integer from {c}.bot_sessions) as sessions, (select count(*)::integer from {c}.calls) as calls`)))[0]!;
  }

  deadLetters(): Promise<{ kind: string; reason: string; detail: string | null; attempts: number; conversation_id: string | null }[]> {
    return this.inside((tx) => tx.query('select kind, reason, detail, attempts, conversation_id from {c}.dead_letters order by id'));
  }

  /** Messages by conversation, for batches of many phones. */
  async repliesPerConversation(): Promise<Map<string, string[]>> {
    const rows = await this.inside((tx) => tx.query<{ conversation_id: string; text: string }>("select conversation_id, text from {c}.messages where author = 'bot' order by id"));
    return new Map([...groupBy(rows, (r) => r.conversation_id)].map(([id, all]) => [id, all.map((r) => r.text)]));
  }
}

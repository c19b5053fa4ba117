import type { CompanyEvent } from '@centralita/contracts';
import { chunk, encodeId } from '@centralita/kernel';
import type { CompanyRef, Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { viewConversations, viewEntries, viewerOf } from '../conversations/index.ts';
import { peopleEvents } from './live-people.ts';

/** Bursts are told together: the eye sees no difference, and one read serves all of it. */
const DEBOUNCE_MS = 40;
/** Messages or conversations in one read and one emit. */
const BATCH = 200;

interface Pending {
  readonly company: CompanyRef;
  conversations: Set<string>;
  /** Messages; true: told as new, though an edited one may be among them. */
  messages: Map<string, boolean>;
  contacts: Set<string>;
  labels: boolean;
  /** By id; the conversation of each. */
  notes: Map<string, string>;
  merged: Map<string, string>;
}
interface Change {
  readonly conversations?: readonly string[];
  readonly created?: readonly string[];
  readonly updated?: readonly string[];
  readonly contacts?: readonly string[];
  readonly labels?: boolean;
  readonly note?: { readonly id: string; readonly conversation_id: string };
  readonly merged?: { readonly from: string; readonly into: string };
}

/** Tells the screens that watch a company what changed, after its commit, read anew in batches outside the hot transactions. */
export class LiveEvents {
  readonly #rt: Runtime;
  readonly #pending = new Map<string, Pending>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  /** Notes a change of an open transaction. */
  note(tx: Tx, change: Change): void {
    const { company } = tx;
    if (!company || !this.#rt.realtime.watched(company.id)) return;
    tx.onCommit(() => this.#add(company, change));
  }

  #add(company: CompanyRef, { conversations = [], created = [], updated = [], contacts = [], labels = false, note, merged }: Change): void {
    let pending = this.#pending.get(company.id);
    if (!pending) this.#pending.set(company.id, pending = { company, conversations: new Set(), messages: new Map(), contacts: new Set(), labels: false, notes: new Map(), merged: new Map() });
    for (const id of conversations) pending.conversations.add(id);
    for (const id of updated) pending.messages.set(id, pending.messages.get(id) ?? false);
    for (const id of created) pending.messages.set(id, true);
    for (const id of contacts) pending.contacts.add(id);
    pending.labels ||= labels;
    if (note) pending.notes.set(note.id, note.conversation_id);
    if (merged) pending.merged.set(merged.from, merged.into);
    if (!this.#running.has(company.id)) this.#run(company.id);
  }

  #run(companyId: string): void {
    const one = new Promise<void>((resolve) => {
      setTimeout(resolve, DEBOUNCE_MS);
    }).then(() => this.#flush(companyId)).catch((error: unknown) => {
      // A hint that is lost is made up for by the next reading of the page.
      this.#rt.log.warn({ error, company: companyId }, 'screens were not told of a change');
    }).finally(() => {
      this.#running.delete(companyId);
      if (this.#pending.has(companyId)) this.#run(companyId);
    });
    this.#running.set(companyId, one);
  }

  async #flush(companyId: string): Promise<void> {
    const pending = this.#pending.get(companyId);
    this.#pending.delete(companyId);
    if (!pending || !this.#rt.realtime.watched(companyId)) return;
    const viewer = await viewerOf(this.#rt, companyId);
    this.#emit(companyId, await peopleEvents(this.#rt, pending));
    // Conversations last: who hears of one has its messages already.
    for (const ids of chunk([...pending.messages.keys()], BATCH)) {
      const messages = await this.#rt.db.withCompany(pending.company, (tx) => viewEntries(viewer, tx, ids));
      const isNew = new Set(ids.filter((id) => pending.messages.get(id)).map((id) => encodeId('msg', id)));
      this.#emit(companyId, messages.map((message) => ({ type: isNew.has(message.id) ? 'message.created' : 'message.updated', message })));
    }
    for (const ids of chunk([...pending.conversations], BATCH)) {
      const conversations = await this.#rt.db.withCompany(pending.company, (tx) => viewConversations(viewer, tx, ids));
      this.#emit(companyId, conversations.map((conversation) => ({ type: 'conversation.updated', conversation })));
    }
  }

  #emit(companyId: string, events: CompanyEvent[]): void {
    if (events.length > 0) this.#rt.realtime.emit(companyId, events);
  }
}

/** The way out to linked devices: what is for one is kept until it acknowledges, and sent at once when it is there. */
import { decodeBinaryNode, encodeBinaryNode } from 'baileys';
import type { BinaryNode } from 'baileys';
import type { Journal } from '../store/journal.ts';
import type { Connection } from './connection.ts';
import type { Address } from './directory.ts';
import { node } from './node.ts';
import type { WebStore } from './store.ts';

const PAGE = 500;

export class Outlet {
  readonly #journal: Journal;
  readonly #store: WebStore;
  readonly #connections = new Map<string, Connection>();

  constructor(journal: Journal, store: WebStore) {
    this.#journal = journal;
    this.#store = store;
  }

  get connections(): Iterable<Connection> {
    return this.#connections.values();
  }

  connection(of: Address): Connection | undefined {
    return this.#connections.get(keyOf(of));
  }

  connected(of: Address, connection: Connection): void {
    this.#connections.set(keyOf(of), connection);
  }

  disconnected(of: Address, connection: Connection): void {
    if (this.#connections.get(keyOf(of)) === connection) this.#connections.delete(keyOf(of));
  }

  /** Kept with the current transaction; `times` is 2 when a fault wants it twice. */
  push(to: Address, stanza: BinaryNode, times = 1): void {
    const bytes = encodeBinaryNode(stanza);
    const seq = this.#store.enqueue(to, { class: stanza.tag, id: stanza.attrs['id'] ?? '', node: bytes });
    this.#journal.afterCommit((failure) => {
      const connection = failure === undefined ? this.connection(to) : undefined;
      if (connection?.active !== true || seq <= connection.replayed) return;
      for (let at = 0; at < times; at += 1) connection.sendEncoded(bytes);
    });
  }

  /** Only for who is there: presence and the like is not kept. */
  tell(to: Address, stanza: BinaryNode): void {
    const connection = this.connection(to);
    if (connection?.active === true) connection.send(stanza);
  }

  acknowledged(by: Address, item: { class: string; id: string }): void {
    this.#store.acknowledged(by, item);
  }

  /** Everything that waited for a device, then what comes from now on. */
  async replay(connection: Connection): Promise<void> {
    const { device } = connection;
    if (device === undefined) return;
    this.#journal.flush();
    const count = this.#store.countQueue(device);
    if (count > 0) connection.send(node('ib', {}, [node('offline_preview', { count: String(count), message: String(count), notification: '0', receipt: '0', appdata: '0' })]));
    for (;;) {
      const page = this.#store.queue(device, { after: connection.replayed, limit: PAGE });
      for (const item of page) {
        const stanza = await decodeBinaryNode(item.node);
        connection.send({ ...stanza, attrs: { ...stanza.attrs, offline: '0' } });
        connection.replayed = item.seq;
      }
      if (page.length > 0) continue;
      connection.active = true;
      connection.send(node('ib', {}, [node('offline', { count: String(count) })]));
      return;
    }
  }
}

const keyOf = (of: Address): string => `${of.number}:${of.device}`;

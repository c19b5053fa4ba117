/** Who is there and who is typing. */
import type { BinaryNode } from 'baileys';
import type { Connection } from './connection.ts';
import type { Presence, Web } from './context.ts';
import { lineId } from './lines.ts';
import { children, isGroup, lid, node, pn } from './node.ts';

export class WhoIsThere implements Presence {
  readonly #web: () => Web;
  /** By number: the connections that want to know. */
  readonly #watched = new Map<string, Set<Connection>>();

  constructor(web: () => Web) {
    this.#web = web;
  }

  /** A presence or chatstate stanza of a client. */
  said(connection: Connection, stanza: BinaryNode): void {
    const { device } = connection;
    const { to = '', type } = stanza.attrs;
    if (device === undefined) return;
    if (stanza.tag === 'chatstate') {
      this.#typing(device.number, to, children(stanza)[0]?.tag === 'composing');
      return;
    }
    if (type === 'subscribe') this.#subscribe(connection, to);
    else if (type === 'available' || type === 'unavailable') connection.available = type === 'available';
  }

  #subscribe(connection: Connection, to: string): void {
    const number = this.#web().directory.address(to)?.number;
    if (number === undefined) return;
    const watchers = this.#watched.get(number) ?? new Set();
    this.#watched.set(number, watchers.add(connection));
    const online = this.#web().sandbox.phones.find(number)?.online ?? true;
    connection.send(node('presence', { from: to, ...(online ? {} : { type: 'unavailable', last: 'deny' }) }));
  }

  /** A linked device types: the phone on the other side shows it. */
  #typing(number: string, to: string, on: boolean): void {
    if (isGroup(to)) return;
    const other = this.#web().directory.address(to)?.number;
    if (other === undefined) return;
    const { typing } = this.#web().sandbox;
    if (on) typing.on(lineId(number), other);
    else typing.off(lineId(number), other);
    this.phoneTypes(number, { to: other, state: on ? 'composing' : 'paused' });
  }

  /** Somebody types to a number with linked devices: they hear it. */
  phoneTypes(number: string, what: { to: string; state: 'composing' | 'recording' | 'paused' }): void {
    const { directory, outlet, sandbox } = this.#web();
    const shares = sandbox.phones.find(number)?.shareNumber !== false;
    const from = shares ? pn(number) : lid(directory.account(number).lid);
    const state = what.state === 'recording' ? node('composing', { media: 'audio' }) : node(what.state);
    for (const device of directory.devices(what.to)) outlet.tell(device, node('chatstate', { from }, [state]));
  }

  /** A phone went on or off: who subscribed hears it. */
  changed(number: string, online: boolean): void {
    for (const connection of this.#watched.get(number) ?? []) connection.send(node('presence', { from: pn(number), ...(online ? { type: 'available' } : { type: 'unavailable' }) }));
  }

  gone(connection: Connection): void {
    for (const [number, watchers] of this.#watched) {
      watchers.delete(connection);
      if (watchers.size === 0) this.#watched.delete(number);
    }
  }
}

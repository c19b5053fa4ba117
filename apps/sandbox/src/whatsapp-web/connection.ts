/** One client's connection: handshake, then stanzas both ways in order. */
import { decodeBinaryNode, encodeBinaryNode } from 'baileys';
import type { BinaryNode, proto } from 'baileys';
import type { WebSocket } from 'ws';
import type { WebEnding } from '../faults.ts';
import type { Journal } from '../store/journal.ts';
import type { ServerIdentity } from './identity.ts';
import { node } from './node.ts';
import { FrameReader, NoiseServer } from './noise.ts';
import type { Device } from './store.ts';

export interface ConnectionEvents {
  /** The handshake is through: who says what it is. */
  entered(connection: Connection, hello: { clientKey: Buffer; payload: proto.ClientPayload }): void;
  said(connection: Connection, stanza: BinaryNode): Promise<void> | void;
  closed(connection: Connection): void;
}

export class Connection {
  readonly #socket: WebSocket;
  readonly #journal: Journal;
  readonly #events: ConnectionEvents;
  readonly #noise: NoiseServer;
  readonly #frames = new FrameReader();
  #stage: 'hello' | 'finish' | 'open' = 'hello';
  #work: Promise<void> = Promise.resolve();
  #closed = false;
  #held: Uint8Array[] | undefined;
  #thaw: { promise: Promise<void>; resolve: () => void } | undefined;
  /** The linked device that logged in. */
  device: Device | undefined;
  /** It said `active`: what happens reaches it at once. */
  active = false;
  /** Stanzas of the queue up to this one were sent when it came. */
  replayed = 0;
  /** It called itself available. */
  available = false;

  constructor(socket: WebSocket, given: { identity: ServerIdentity; journal: Journal; events: ConnectionEvents }) {
    this.#socket = socket;
    this.#journal = given.journal;
    this.#events = given.events;
    this.#noise = new NoiseServer(given.identity);
    socket.on('message', (data: Buffer) => this.#hear(data));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#closed = true;
      this.#thaw?.resolve();
      this.#events.closed(this);
    });
  }

  get routing(): Buffer | undefined {
    return this.#frames.routing;
  }

  #hear(data: Buffer): void {
    this.#work = this.#work.then(() => this.#take(data)).catch((error: unknown) => {
      // Who does not speak the protocol is hung up on, as the real servers do; why is said for whoever builds a client.
      if (!this.#closed) process.stderr.write(`${JSON.stringify({ level: 'warn', msg: 'whatsapp web: connection ended', why: error instanceof Error ? error.message : String(error) })}\n`);
      this.#socket.terminate();
    });
  }

  async #take(data: Buffer): Promise<void> {
    for (const frame of this.#frames.push(data)) {
      if (this.#thaw !== undefined) await this.#thaw.promise;
      if (this.#closed) return;
      switch (this.#stage) {
        case 'hello':
          this.#socket.send(this.#noise.frame(this.#noise.hello(frame)));
          this.#stage = 'finish';
          break;
        case 'finish':
          this.#events.entered(this, this.#finish(frame));
          break;
        case 'open':
          await this.#events.said(this, await decodeBinaryNode(this.#noise.open(frame)));
          break;
      }
    }
  }

  #finish(frame: Buffer): { clientKey: Buffer; payload: proto.ClientPayload } {
    const hello = this.#noise.finish(frame);
    this.#stage = 'open';
    return hello;
  }

  /** Once everything written so far is on disk. */
  send(stanza: BinaryNode): void {
    this.sendEncoded(encodeBinaryNode(stanza));
  }

  sendEncoded(bytes: Uint8Array): void {
    this.#journal.afterCommit((failure) => {
      if (failure === undefined) this.#write(bytes);
      else this.#socket.terminate();
    });
  }

  #write(bytes: Uint8Array): void {
    if (this.#closed || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#held !== undefined) this.#held.push(bytes);
    else this.#socket.send(this.#noise.frame(bytes));
  }

  /** Says nothing and hears nothing until it is thawed: a network that swallows packets. */
  freeze(): void {
    if (this.#thaw !== undefined) return;
    this.#held = [];
    this.#thaw = Promise.withResolvers<void>();
  }

  thaw(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#thaw?.resolve();
    this.#thaw = undefined;
    for (const bytes of held) this.#write(bytes);
  }

  /** Refuses the login with that reason. */
  fail(reason: number): void {
    this.close(node('failure', { reason: String(reason), location: 'rva' }));
  }

  /** Ends it in one of the ways of protocol notes 4.7. */
  end(how: WebEnding): void {
    this.active = false;
    switch (how) {
      case 'restart': this.close(node('stream:error', { code: '515' })); return;
      case 'replaced': this.close(node('stream:error', {}, [node('conflict', { type: 'replaced' })])); return;
      case 'device_removed': this.close(node('stream:error', { code: '401' }, [node('conflict', { type: 'device_removed' })])); return;
      case 'unavailable': this.close(node('stream:error', { code: '503' })); return;
      case 'stream_end': this.close(node('xmlstreamend')); return;
      case 'reset': this.#socket.terminate(); return;
    }
  }

  /** A last word, then the end. */
  close(last: BinaryNode): void {
    this.thaw();
    this.send(last);
    this.#journal.afterCommit(() => this.#socket.close());
  }
}

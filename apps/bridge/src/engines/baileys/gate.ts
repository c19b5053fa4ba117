/** What the gate asks of whoever keeps the session's keys. */
export interface Durability {
  /** Names what is not durable yet; 0: nothing. */
  pending(): number;
  settled(version: number): Promise<void>;
  /** Whether anything may leave at all: the lease is ours. */
  fresh(): boolean;
}
/** The socket under Baileys, as far as it is used. */
export interface RawSocket {
  send(data: Uint8Array, done?: (error?: Error) => void): void;
  terminate(): void;
}

interface Frame {
  readonly data: Uint8Array;
  readonly version: number;
}

/**
 * Nothing leaves before what it rests on is durable: neither an acknowledgement of a message that is not committed, nor a message under
 * a key that a crash would use again. Frames keep their order; Baileys is told at once that they are written, since what it does next
 * (handing the message over) is what the frame waits for.
 */
export class Gate {
  readonly #durable: Durability;
  readonly #socket: RawSocket;
  readonly #send: RawSocket['send'];
  readonly #frames: Frame[] = [];
  #waiting = false;
  #closed = false;

  constructor(socket: RawSocket, durable: Durability) {
    this.#durable = durable;
    this.#socket = socket;
    this.#send = socket.send.bind(socket);
    socket.send = (data, done) => this.#take(data, done);
  }

  close(): void {
    this.#closed = true;
    this.#frames.length = 0;
  }

  #take(data: Uint8Array, done?: (error?: Error) => void): void {
    const version = this.#durable.pending();
    if (version === 0 && this.#frames.length === 0 && !this.#waiting) {
      this.#out(data, done);
      return;
    }
    this.#frames.push({ data, version });
    if (done) setImmediate(done);
    void this.#drain();
  }

  async #drain(): Promise<void> {
    if (this.#waiting) return;
    this.#waiting = true;
    try {
      for (let next = this.#frames[0]; next && !this.#closed; next = this.#frames[0]) {
        if (next.version > 0) await this.#durable.settled(next.version);
        if (this.#closed) return;
        this.#frames.shift();
        this.#out(next.data);
      }
    } catch {
      // It never will be durable here: another host goes on, or this one stops. WhatsApp sends again what was not acknowledged.
      this.close();
      this.#socket.terminate();
    } finally {
      this.#waiting = false;
    }
  }

  #out(data: Uint8Array, done?: (error?: Error) => void): void {
    if (this.#closed || !this.#durable.fresh()) {
      this.close();
      this.#socket.terminate();
      done?.(new Error('the session is not this host’s any more'));
      return;
    }
    this.#send(data, done);
  }
}

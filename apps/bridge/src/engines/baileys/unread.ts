import type { WAMessage } from 'baileys';

/** The sender's phone has so long to send it again in a form that can be read; usually it takes a second. */
const PATIENCE_MS = 60_000;
const MOST = 200;

/** Messages that could not be decrypted, until they come again or are given up. */
export class Unread {
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #giveUp: (message: WAMessage) => void;

  constructor(giveUp: (message: WAMessage) => void) {
    this.#giveUp = giveUp;
  }

  wait(message: WAMessage): void {
    const { id } = message.key;
    if (!id || this.#waiting.has(id) || this.#waiting.size >= MOST) return;
    this.#waiting.set(id, setTimeout(() => {
      this.#waiting.delete(id);
      this.#giveUp(message);
    }, PATIENCE_MS).unref());
  }

  read(id: string | null | undefined): void {
    if (!id) return;
    clearTimeout(this.#waiting.get(id));
    this.#waiting.delete(id);
  }

  clear(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}

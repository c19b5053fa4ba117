import { Lru } from '../../store/lru.ts';

/** After the last message that had waited, live ones keep behind it for so long; a backlog is read in a fraction of it. */
const BEHIND_MS = 30_000;
const REMEMBERED = 500;

interface Stanza {
  readonly tag: string;
  readonly attrs: Record<string, string>;
}

/**
 * Baileys reads what had waited from a line, one after the other, and what is live at once: a live message would overtake those
 * that its writer sent before. While there is a backlog, live messages are sent to the end of that line.
 */
export class Backlog {
  #waitedAt = -Infinity;
  readonly #live = new Lru<true>(REMEMBERED);

  /** Looks at a frame before Baileys does. */
  hear(frame: unknown): void {
    if (!isStanza(frame) || frame.tag !== 'message') return;
    const { attrs } = frame;
    if (attrs['offline'] !== undefined) this.#waitedAt = performance.now();
    else if (performance.now() - this.#waitedAt < BEHIND_MS) {
      if (attrs['id']) this.#live.set(attrs['id'], true);
      // What Baileys tells waiting messages by.
      attrs['offline'] = 'behind';
    }
  }

  /** It stood in the line, and had not waited. */
  wasLive(id: string | null | undefined): boolean {
    return typeof id === 'string' && this.#live.has(id);
  }
}

function isStanza(frame: unknown): frame is Stanza {
  return typeof frame === 'object' && frame !== null && 'tag' in frame && 'attrs' in frame;
}

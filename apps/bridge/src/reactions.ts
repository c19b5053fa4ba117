import type { EndingKind, SessionState } from '@centralita/contracts/bridge';
import { assertNever } from '@centralita/kernel';

/** What a host does when a connection has ended. */
export type Reaction =
  | { readonly act: 'again'; readonly afterMs: number; readonly text: string }
  /** Until somebody starts it again. `wipe`: the login is worth nothing any more. */
  | { readonly act: 'stop'; readonly state: SessionState; readonly wipe: boolean; readonly text: string };

export interface Course {
  /** Endings in a row since the session was last active for a while, this one included. */
  readonly failures: number;
  /** `bad_session` endings in a row. */
  readonly bad: number;
  /** Wait before the first new connection. */
  readonly baseMs: number;
  /** 0 to 1. */
  readonly chance: number;
}

const MINUTE = 60_000;
/** Tries with keys that do not fit before the session is paired anew. */
const BAD_SESSIONS = 3;
/** Tries with a version that WhatsApp calls too old. */
const OUTDATED = 5;

/**
 * The one place that decides what follows an ending (providers.md §5.6, for every engine). A login that another program uses is never
 * taken back by itself: two programs that do so throw each other out for ever.
 */
export function react(ending: EndingKind, course: Course): Reaction {
  switch (ending) {
    case 'restart': return { act: 'again', afterMs: 0, text: 'WhatsApp asked for a new connection.' };
    case 'lost': return { act: 'again', afterMs: wait(course, { factor: 1, most: MINUTE }), text: 'The connection to WhatsApp broke.' };
    case 'unavailable': return { act: 'again', afterMs: wait(course, { factor: 5, most: 5 * MINUTE }), text: 'WhatsApp does not serve this session at the moment.' };
    case 'rate': return { act: 'again', afterMs: wait(course, { factor: 60, most: 15 * MINUTE }), text: 'WhatsApp wants fewer connections; a long pause follows.' };
    case 'outdated':
      if (course.failures >= OUTDATED) return { act: 'stop', state: 'error', wipe: false, text: 'WhatsApp refuses this version of WhatsApp Web. Set BRIDGE_WHATSAPP_VERSION to the present one, or update Centralita.' };
      return { act: 'again', afterMs: wait(course, { factor: 10, most: 10 * MINUTE }), text: 'WhatsApp calls this version too old; it is looked up anew.' };
    case 'pairing_expired': return { act: 'stop', state: 'closed', wipe: false, text: 'Nobody scanned the code in time. Start the session again for a new one.' };
    case 'conflict': return { act: 'stop', state: 'conflict', wipe: false, text: 'Another program uses this login. Stop it there, then start the session again.' };
    case 'logged_out': return { act: 'stop', state: 'logged_out', wipe: true, text: 'The device was unlinked. Start the session again and link it anew.' };
    case 'bad_session':
      if (course.bad > BAD_SESSIONS) return { act: 'stop', state: 'logged_out', wipe: true, text: 'The keys of this login do not fit together any more. Start the session again and link it anew.' };
      return { act: 'again', afterMs: wait(course, { factor: 2, most: MINUTE }), text: 'WhatsApp calls the session bad; it is tried again.' };
    case 'mismatch': return { act: 'stop', state: 'logged_out', wipe: true, text: 'The phone changed the way it links devices. Start the session again and link it anew.' };
    case 'banned': return { act: 'stop', state: 'banned', wipe: false, text: 'WhatsApp refuses this number. Look into the app on its phone; it may ask for a review there.' };
    case 'broken': return { act: 'stop', state: 'error', wipe: false, text: 'The session cannot run. See the reason and the log of its host.' };
    default: return assertNever(ending);
  }
}

/** Doubles with every failure; a quarter of chance, so that a hundred sessions do not come back in the same moment. */
function wait({ failures, baseMs, chance }: Course, { factor, most }: { readonly factor: number; readonly most: number }): number {
  const full = Math.min(baseMs * factor * 2 ** Math.min(Math.max(failures - 1, 0), 16), most);
  return Math.round(full * (0.75 + chance * 0.5));
}

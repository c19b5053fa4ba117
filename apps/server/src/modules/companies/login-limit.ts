import type { Clock } from '@centralita/kernel';
import { errors } from './errors.ts';

const WINDOW_MS = 5 * 60_000;
/** Wrong passwords within the window. By address: an office behind one address mistypes too. By e-mail: against many addresses. */
const TRIES = { ip: 30, email: 10 };
/** Wrong API keys of one address within the window: a system with an old key asks often, a guesser far more often. */
const WRONG_KEYS = 100;
/** A stranger's inventions must not fill the memory. */
const MAX_KEYS = 10_000;

interface Count {
  tries: number;
  since: number;
}

/** Counts wrong passwords in this process. A try counts from its beginning, so that many at once gain nothing. */
export class LoginLimit {
  readonly #clock: Clock;
  readonly #counts = new Map<string, Count>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins a try; the answer takes it back when the password was right. Throws `companies.too_many_tries`. */
  begin(ip: string, email: string): () => void {
    const keys = [{ key: `ip ${network(ip)}`, max: TRIES.ip }, { key: `email ${email.toLowerCase()}`, max: TRIES.email }];
    const now = this.#clock.now();
    const counts = keys.map(({ key }) => this.#get(key, now));
    const full = counts.find((count, i) => count.tries >= keys[i]!.max);
    if (full) {
      const seconds = Math.ceil((full.since + WINDOW_MS - now) / 1000);
      throw errors.too_many_tries(`Wait ${seconds} s.`, { retry_after: seconds });
    }
    for (const count of counts) count.tries += 1;
    return () => {
      counts[0]!.tries -= 1;
      counts[1]!.tries = 0;
    };
  }

  /** The same for an API key or a token that turned out to be wrong: an address that guesses is held back. */
  wrongKey(ip: string): void {
    this.#get(`key ${network(ip)}`, this.#clock.now()).tries += 1;
  }

  /** Throws `companies.too_many_keys` for an address that has guessed too often; who sends a key that is known to be right is not asked. */
  requireKeyTry(ip: string): void {
    const now = this.#clock.now();
    const count = this.#get(`key ${network(ip)}`, now);
    if (count.tries < WRONG_KEYS) return;
    const seconds = Math.ceil((count.since + WINDOW_MS - now) / 1000);
    throw errors.too_many_keys(`Wait ${seconds} s.`, { retry_after: seconds });
  }

  #get(key: string, now: number): Count {
    let count = this.#counts.get(key);
    if (!count || now - count.since >= WINDOW_MS) {
      count = { tries: 0, since: now };
      this.#counts.delete(key);
      this.#counts.set(key, count);
      const oldest = this.#counts.size > MAX_KEYS ? this.#counts.keys().next().value : undefined;
      if (oldest !== undefined) this.#counts.delete(oldest);
    }
    return count;
  }
}

/** One customer of a provider has a /64 of IPv6 to choose addresses from. */
function network(ip: string): string {
  return ip.includes(':') && !ip.startsWith('::ffff:') ? ip.split(':').slice(0, 4).join(':') : ip;
}

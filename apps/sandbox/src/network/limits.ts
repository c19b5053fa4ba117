/** Throughput of a number and of a pair (providers 1.12). */
import type { Runtime } from '../runtime.ts';
import type { BusinessNumber, Tier } from '../store/identities.ts';
import { PAIR_BURST } from '../store/phones.ts';
import type { Chat } from '../store/phones.ts';

/** Messages per second, in and out together. */
const PER_SECOND: Record<Tier, number> = { STANDARD: 80, HIGH: 1000, UNLIMITED: Number.POSITIVE_INFINITY };
/** One message to the same user every 6 s, beyond the burst. */
const PAIR_MS = 6000;

export class Limits {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #runtime: Runtime;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Whether the number may take part in one more message now; counts it. Inbound ones count and are never refused. */
  throughput(business: BusinessNumber): boolean {
    const rate = PER_SECOND[business.tier];
    if (rate === Number.POSITIVE_INFINITY) return true;
    const now = this.#runtime.now();
    const bucket = this.#buckets.get(business.phoneNumberId) ?? { tokens: rate, at: now };
    bucket.tokens = Math.min(rate, bucket.tokens + ((now - bucket.at) * rate) / 1000);
    bucket.at = now;
    this.#buckets.set(business.phoneNumberId, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** Whether one more message may go to that user now; counts it. */
  pair(business: BusinessNumber, chat: Chat): boolean {
    if (business.tier === 'UNLIMITED') return true;
    const now = this.#runtime.now();
    chat.tokens = Math.min(PAIR_BURST, chat.tokens + (now - chat.tokensAt) / PAIR_MS);
    chat.tokensAt = now;
    if (chat.tokens < 1) return false;
    chat.tokens -= 1;
    return true;
  }

  forget(): void {
    this.#buckets.clear();
  }
}

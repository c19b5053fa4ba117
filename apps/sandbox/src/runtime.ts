import { randomFillSync } from 'node:crypto';

/** The only door of the sandbox to clock, chance and environment. */
export interface Runtime {
  /** Milliseconds since the epoch. */
  now(): number;
  bytes(count: number): Buffer;
  hex(digits: number): string;
  /** Decimal digits, the first never 0. */
  digits(count: number): string;
  /** Letters and digits. */
  token(length: number): string;
  /** A float in [0, 1). */
  fraction(): number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function systemRuntime(): Runtime {
  // One call into the kernel per 8 KiB: ids are needed thousands of times a second.
  const pool = Buffer.allocUnsafe(8192);
  let used = pool.length;
  const bytes = (count: number): Buffer => {
    if (count > pool.length) return randomFillSync(Buffer.allocUnsafe(count));
    if (used + count > pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const slice = Buffer.from(pool.subarray(used, used + count));
    used += count;
    return slice;
  };
  const from = (alphabet: string, length: number): string => {
    // Bytes beyond the last whole multiple are thrown away, so that every letter is as likely.
    const limit = 256 - (256 % alphabet.length);
    let text = '';
    while (text.length < length) {
      for (const byte of bytes(length)) {
        if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length];
      }
    }
    return text;
  };
  return {
    now: () => Date.now(),
    bytes,
    hex: (digits) => bytes(Math.ceil(digits / 2)).toString('hex').slice(0, digits),
    digits: (count) => from('123456789', 1) + from('0123456789', count - 1),
    token: (length) => from(ALPHABET, length),
    fraction: () => bytes(4).readUInt32LE(0) / 0x1_0000_0000,
    env: process.env,
  };
}

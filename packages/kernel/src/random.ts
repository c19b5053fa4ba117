import { randomBytes, timingSafeEqual } from 'node:crypto';

/** `bytes` random bytes as lower-case hex. */
export function randomBytesHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** A URL-safe secret of `bytes` bytes of entropy (default 24, 32 characters). */
export function randomToken(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}

/** A number in [0, 1), evenly. */
export function randomFraction(): number {
  return randomBytes(6).readUIntBE(0, 6) / 2 ** 48;
}

/** Compares two texts in time that depends on their length only. */
export function timingSafeEqualText(a: string, b: string): boolean {
  const x = Buffer.from(a);
  const y = Buffer.from(b);
  return x.length === y.length && timingSafeEqual(x, y);
}

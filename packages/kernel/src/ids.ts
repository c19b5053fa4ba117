import { randomFillSync } from 'node:crypto';

/** Prefixes of the ids shown outside. Inside, and in the database, an id is a plain UUID. */
export type IdPrefix =
  | 'co' | 'acc' | 'rt' | 'app' | 'ct' | 'conv' | 'msg' | 'att' | 'med' | 'bot' | 'rev' | 'bs' | 'usr' | 'key' | 'rcpt' | 'evt' | 'dead' | 'fw' | 'req' | 'in' | 'biz' | 'aud' | 'iss' | 'sub' | 'sess' | 'tpl' | 'lbl' | 'note';

// Crockford's base32 in lower case, as the TypeID specification encodes a UUID: 26 characters, sorts like the UUID.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const VALUES = new Map([...ALPHABET].map((c, i) => [c, BigInt(i)]));
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let lastMs = 0;
let counter = 0;
const pool = new Uint8Array(16 * 256);
let poolAt = pool.length;

/**
 * A UUIDv7 (RFC 9562), ascending within this process: 48 bits of milliseconds, a 12-bit counter seeded at random
 * each millisecond (method 1 of section 6.2), 62 random bits. Random bytes are drawn 256 ids at a time.
 */
export function newUuid(nowMs: number = Date.now()): string {
  if (poolAt + 16 > pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const bytes = pool.slice(poolAt, poolAt + 16);
  poolAt += 16;
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = ((bytes[6]! & 0x07) << 8) | bytes[7]!;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  const ms = lastMs;
  bytes[0] = ms / 2 ** 40;
  bytes[1] = ms / 2 ** 32;
  bytes[2] = ms / 2 ** 24;
  bytes[3] = ms / 2 ** 16;
  bytes[4] = ms / 2 ** 8;
  bytes[5] = ms;
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** When a UUIDv7 was made, in milliseconds since 1970. */
export function uuidTime(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}

/** The smallest UUIDv7 of a moment (milliseconds since 1970): a place among ids in the order of their times. */
export function uuidFloor(ms: number): string {
  const hex = Math.max(Math.floor(ms), 0).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}

/** `msg` + UUID → `msg_01h455vb4pex5vsknk084sn02q`. */
export function encodeId(prefix: IdPrefix, uuid: string): string {
  // Digit by digit: with a BigInt it takes four times as long, and every answer of the API is full of ids.
  let out = `${prefix}_`;
  let bits = 0;
  // 130 bits in 26 characters: the first two are zero.
  let waiting = 2;
  for (let i = 0; i < uuid.length; i++) {
    const c = uuid.charCodeAt(i);
    if (c === DASH) continue;
    bits = ((bits << 4) | (c <= NINE ? c - ZERO : c - TEN)) & 0x1ff;
    waiting += 4;
    if (waiting < 5) continue;
    waiting -= 5;
    out += ALPHABET[(bits >> waiting) & 31];
  }
  return out;
}
// '-', '0', '9', and what 'a' less ten is.
const [DASH, ZERO, NINE, TEN] = [45, 48, 57, 87];

/** The UUID behind a prefixed id (a bare UUID is taken too); undefined when it is not one of this prefix. */
export function decodeId(prefix: IdPrefix, id: string): string | undefined {
  if (UUID.test(id)) return id;
  if (!id.startsWith(`${prefix}_`) || id.length !== prefix.length + 27) return undefined;
  let n = 0n;
  for (const c of id.slice(prefix.length + 1)) {
    const v = VALUES.get(c);
    if (v === undefined) return undefined;
    n = (n << 5n) | v;
  }
  if (n >> 128n) return undefined;
  const hex = n.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function isId(prefix: IdPrefix, id: string): boolean {
  return decodeId(prefix, id) !== undefined;
}

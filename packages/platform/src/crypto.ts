import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

/** Seals small secrets at rest. The key id travels with the value, so that keys can be changed one by one. */
export interface Sealer {
  seal(text: string): string;
  /** Throws when the value was sealed with a key that is not here, or was changed. */
  open(sealed: string): string;
}

/** AES-256-GCM; `key` is 32 bytes. A sealed value reads `v1.<key id>.<iv>.<tag>.<ciphertext>`, base64url. */
export function createSealer(key: Buffer): Sealer {
  if (key.length !== 32) throw new Error('the encryption key must be 32 bytes');
  const keyId = createHash('sha256').update(key).digest('base64url').slice(0, 8);
  return {
    seal(text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ['v1', keyId, iv.toString('base64url'), cipher.getAuthTag().toString('base64url'), body.toString('base64url')].join('.');
    },
    open(sealed) {
      const [version, id, iv, tag, body] = sealed.split('.');
      if (version !== 'v1' || !iv || !tag || body === undefined) throw new Error('not a sealed value');
      if (id !== keyId) throw new Error(`sealed with key ${id}, but CENTRALITA_ENCRYPTION_KEY is key ${keyId}: start with the key this data was written with`);
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    },
  };
}

/** SHA-256 of a token, for storing it. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A short id that says whether two secrets are the same without saying what they are. */
export function fingerprint(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, 12);
}

import { createHmac } from 'node:crypto';

/** The update as far as the body needs it. */
export interface Told {
  readonly wabaId: string;
  readonly change: string;
}

/**
 * Meta writes everything beyond ASCII as `\uXXXX` in lower-case hex and signs those bytes; a receiver that hashes
 * its own re-serialised JSON gets another signature (providers 1.6).
 */
export function escapeNonAscii(json: string): string {
  // eslint-style ranges cannot express "not ASCII" shorter; the test is ten times cheaper than a replace that finds nothing.
  if (!/[^\0-~]/.test(json)) return json;
  return json.replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The envelope: one entry per WABA, one change per update, in order. */
export function envelope(updates: readonly Told[]): string {
  const entries: string[] = [];
  let waba = '';
  let changes: string[] = [];
  const close = (): void => {
    if (changes.length > 0) entries.push(`{"id":"${waba}","changes":[${changes.join(',')}]}`);
  };
  for (const update of updates) {
    if (update.wabaId !== waba) {
      close();
      waba = update.wabaId;
      changes = [];
    }
    changes.push(update.change);
  }
  close();
  return escapeNonAscii(`{"object":"whatsapp_business_account","entry":[${entries.join(',')}]}`);
}

/** Value of `X-Hub-Signature-256` over the raw bytes. */
export function signature(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

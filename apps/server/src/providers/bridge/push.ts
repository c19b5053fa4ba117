import { timingSafeEqualText } from '@centralita/kernel';
import type { PushCarrier } from '../contract.ts';
import { readJson } from '../whatsapp/read-json.ts';
import { idText, isWire } from '../whatsapp/wire.ts';
import { parseForeign, WEBHOOK } from './parse-foreign.ts';
import { isHostReceipt, parseHost } from './parse-host.ts';

/** Of the caller, in one header of these. */
const HEADERS = ['x-bridge-secret', 'x-centralita-secret', 'x-api-key'];

/**
 * Webhooks of bridges: a message of a bridge written by somebody else, proved by the secret that both sides know. Our own hosts call
 * nobody: they write their receipts themselves.
 */
export const push: PushCarrier = {
  verify({ headers }, { appSecret }) {
    if (appSecret === '') return false;
    const bearer = headers['authorization'];
    const shown = typeof bearer === 'string' ? /^Bearer (.+)$/i.exec(bearer)?.[1] : HEADERS.map((h) => headers[h]).find((h) => h !== undefined);
    return typeof shown === 'string' && timingSafeEqualText(shown, appSecret);
  },

  /** With the time it came: such bodies tell none. */
  receipt({ raw, at }) {
    return Buffer.concat([Buffer.from(`{"${WEBHOOK}":${at},"body":`), raw.length === 0 ? Buffer.from('null') : raw, Buffer.from('}')]);
  },

  sender({ raw }) {
    try {
      const body: unknown = JSON.parse(raw.toString('utf8'));
      return isWire(body) ? idText(body['session_name']) ?? idText(body['session_id']) ?? idText(body['session']) : undefined;
    } catch {
      return undefined;
    }
  },

  parse(raw) {
    const body = readJson(raw);
    return isHostReceipt(body) ? parseHost(body) : parseForeign(body);
  },
};

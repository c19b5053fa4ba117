/** Meta's errors: code → HTTP status and title, from providers 1.11. */
import type { StatusFailure } from '../store/messages.ts';

interface Known {
  readonly http: number;
  readonly title: string;
}

const KNOWN: Readonly<Record<number, Known>> = {
  0: { http: 401, title: 'AuthException' },
  1: { http: 400, title: 'API Unknown' },
  2: { http: 503, title: 'API Service' },
  3: { http: 500, title: 'API Method' },
  4: { http: 400, title: 'Application request limit reached' },
  10: { http: 403, title: 'Permission Denied' },
  33: { http: 400, title: 'Parameter value is not valid' },
  100: { http: 400, title: 'Invalid parameter' },
  190: { http: 401, title: 'Invalid OAuth access token - Cannot parse access token' },
  200: { http: 403, title: 'Permissions error' },
  368: { http: 403, title: 'Temporarily blocked for policies violations' },
  2200: { http: 400, title: 'Callback verification failed' },
  2500: { http: 400, title: 'Unknown path components' },
  80007: { http: 400, title: 'Rate limit issues' },
  130429: { http: 400, title: 'Rate limit hit' },
  130472: { http: 400, title: "User's number is part of an experiment" },
  130497: { http: 403, title: 'Business account is restricted from messaging users in this country.' },
  131000: { http: 500, title: 'Something went wrong' },
  131005: { http: 403, title: 'Access denied' },
  131008: { http: 400, title: 'Required parameter is missing' },
  131009: { http: 400, title: 'Parameter value is not valid' },
  131016: { http: 500, title: 'Service unavailable' },
  131021: { http: 400, title: 'Recipient cannot be sender' },
  131026: { http: 400, title: 'Message undeliverable' },
  131030: { http: 400, title: 'Recipient phone number not in allowed list' },
  131031: { http: 403, title: 'Account has been locked' },
  131037: { http: 400, title: 'Display name approval needed' },
  131042: { http: 400, title: 'Business eligibility payment issue' },
  131045: { http: 500, title: 'Incorrect certificate' },
  131047: { http: 400, title: 'Re-engagement message' },
  131048: { http: 400, title: 'Spam rate limit hit' },
  131049: { http: 400, title: 'This message was not delivered to maintain healthy ecosystem engagement.' },
  131050: { http: 400, title: 'User has stopped marketing messages' },
  131051: { http: 400, title: 'Unsupported message type' },
  131052: { http: 400, title: 'Media download error' },
  131053: { http: 400, title: 'Media upload error' },
  131056: { http: 400, title: '(Business Account, Consumer Account) pair rate limit hit' },
  131057: { http: 500, title: 'Account in maintenance mode' },
  131059: { http: 400, title: 'Invalid cursor' },
  131062: { http: 400, title: 'Business-scoped user ID is not supported for this message' },
  132000: { http: 400, title: 'Number of parameters does not match the expected number of params' },
  132001: { http: 404, title: 'Template name does not exist in the translation' },
  132005: { http: 400, title: 'Translated text too long' },
  132007: { http: 400, title: 'Template format character policy violated' },
  132008: { http: 400, title: 'Invalid component parameters' },
  132012: { http: 400, title: 'Parameter format does not match format in the created template' },
  132015: { http: 400, title: 'Template is paused' },
  132016: { http: 400, title: 'Template is disabled' },
  132018: { http: 400, title: 'Template parameter validation failed' },
  132068: { http: 400, title: 'Flow is in blocked state' },
  132069: { http: 400, title: 'Flow is in throttled state' },
  133004: { http: 503, title: 'Server temporarily unavailable' },
  133005: { http: 400, title: 'Two-step verification PIN mismatch' },
  133010: { http: 400, title: 'Phone number not registered' },
  133016: { http: 400, title: 'Account register or deregister rate limit exceeded' },
  135000: { http: 400, title: 'Generic user error' },
  137000: { http: 400, title: 'Identity key hash mismatch' },
  2388040: { http: 400, title: 'Character limit exceeded' },
  2388047: { http: 400, title: 'Message header format is incorrect' },
  2388072: { http: 400, title: 'Message body format is incorrect' },
  2388073: { http: 400, title: 'Message footer format is incorrect' },
  2388293: { http: 400, title: 'Parameters to words ratio of this template exceeds limit' },
  2388299: { http: 400, title: 'Leading or trailing parameters are not allowed' },
};

const TRANSIENT = new Set([1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004]);

export function isKnownCode(code: number): boolean {
  return KNOWN[code] !== undefined;
}

/** A refusal in Meta's shape. `details` says what is wrong, for `error_data.details`. */
export class GraphError extends Error {
  readonly code: number;
  readonly http: number;
  readonly details: string;
  readonly subcode: number | undefined;

  constructor(code: number, details: string, more: { http?: number; subcode?: number } = {}) {
    const known = KNOWN[code] ?? { http: code >= 200 && code < 300 ? 403 : 400, title: 'An unknown error occurred' };
    super(code === 190 ? known.title : `(#${code}) ${code === 100 || code === 2200 ? details : known.title}`);
    this.code = code;
    this.http = more.http ?? known.http;
    this.details = details;
    this.subcode = more.subcode;
  }

  /** The body Meta answers with. */
  body(fbtraceId: string): { error: Record<string, unknown> } {
    const oauth = this.code === 190 || this.code === 0;
    return {
      error: {
        message: this.message, type: this.code === 2500 ? 'GraphMethodException' : 'OAuthException', code: this.code,
        ...(this.subcode === undefined ? {} : { error_subcode: this.subcode }),
        ...(oauth ? {} : { error_data: { messaging_product: 'whatsapp', details: this.details } }),
        is_transient: TRANSIENT.has(this.code), fbtrace_id: fbtraceId,
      },
    };
  }
}

/** The same error as it stands in a failed status, where policy errors arrive after HTTP 200. */
export function statusFailure(code: number, details: string): StatusFailure {
  const title = KNOWN[code]?.title ?? 'An unknown error occurred';
  return { code, title, message: title, error_data: { details }, href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/' };
}

import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError, SendOutcome } from '../../messaging/index.ts';
import { baseOf, headerSecret, isError, jsonObject, misconfigured, type Api } from '../carrier-api.ts';
import type { CarrierContext, CredentialField, Credentials } from '../contract.ts';
import { classifyFailure, harmless } from '../outcomes.ts';
import { redactError } from '../redact.ts';
import { classify } from './errors.ts';

export const DEFAULT_API_URL = 'https://api.twilio.com';
/** Typing and read marks live on another host of Twilio's, contents on a third (providers.md §3.1). */
const MESSAGING_URL = 'https://messaging.twilio.com';
const CONTENT_URL = 'https://content.twilio.com';

export const FIELDS: readonly CredentialField[] = [
  { name: 'account_sid', secret: false, required: true, help: 'Account SID (Twilio Console, Account Info); begins with AC.' },
  { name: 'auth_token', secret: true, required: true, help: 'Primary Auth Token (the same page): it signs webhooks, also when messages are sent with an API key.' },
  { name: 'from', secret: false, required: true, help: 'The WhatsApp sender with its country code, such as +14155238886.' },
  { name: 'messaging_service_sid', secret: false, required: false, help: 'Messaging Service to send through, if one is used; begins with MG.' },
  { name: 'api_key_sid', secret: false, required: false, help: 'API key to send with instead of the Auth Token; begins with SK.' },
  { name: 'api_key_secret', secret: true, required: false, help: 'Secret of that API key.' },
  { name: 'api_url', secret: false, required: false, help: `Address of the API, default ${DEFAULT_API_URL}.` },
];

export interface Twilio extends Api {
  /** `/2010-04-01/Accounts/AC…`, below `base`. */
  readonly account: string;
  readonly messaging: Api;
  readonly content: Api;
  /** Digits of the sender. */
  readonly from: string;
}

/** Where this route's API is, or why its credentials cannot be used. */
export function twilioOf(credentials: Credentials): Twilio | CarrierError {
  const base = baseOf(credentials, 'api_url', DEFAULT_API_URL);
  if (isError(base)) return base;
  const { account_sid: account = '', api_key_sid: key } = credentials;
  if (!/^AC[0-9a-zA-Z]{32}$/.test(account)) return misconfigured('account_sid', 'account_sid begins with AC and has 34 characters');
  if (key && !/^SK[0-9a-zA-Z]{32}$/.test(key)) return misconfigured('api_key_sid', 'api_key_sid begins with SK and has 34 characters');
  const token = headerSecret(credentials, 'auth_token');
  if (typeof token !== 'string') return token;
  const secret = key ? headerSecret(credentials, 'api_key_secret') : token;
  if (typeof secret !== 'string') return secret;
  const from = digitsOf(credentials['from']);
  if (from === undefined) return misconfigured('from', 'from is the sender’s number with its country code, such as +14155238886');
  const service = credentials['messaging_service_sid'];
  if (service && !/^MG[0-9a-zA-Z]{32}$/.test(service)) return misconfigured('messaging_service_sid', 'messaging_service_sid begins with MG and has 34 characters');
  const headers = { authorization: `Basic ${Buffer.from(`${key || account}:${secret}`).toString('base64')}`, accept: 'application/json' };
  const elsewhere = (url: string): Api => ({ ...(base.base === DEFAULT_API_URL ? { origin: url, base: url } : base), headers });
  return { ...base, headers, account: `/2010-04-01/Accounts/${account}`, messaging: elsewhere(MESSAGING_URL), content: elsewhere(CONTENT_URL), from };
}

/** `whatsapp:+1 415…` and the like as digits; undefined when it is no number. */
export function digitsOf(value: string | undefined): string | undefined {
  const digits = value?.replace(/^whatsapp:/i, '').replaceAll(/[\s().+-]/g, '');
  return digits !== undefined && /^\d{5,20}$/.test(digits) ? digits : undefined;
}

/** A call that may be repeated without harm: its JSON on success, else an error without secrets. Never throws for the network or the carrier. */
export async function query(context: CarrierContext, call: () => Promise<HttpResponse>): Promise<{ readonly json: Record<string, unknown> } | { readonly error: CarrierError }> {
  let outcome: SendOutcome;
  try {
    const response = await call();
    if (response.status >= 200 && response.status < 300) return { json: jsonObject(response) ?? {} };
    outcome = classify(response);
  } catch (failure) {
    outcome = classifyFailure(failure);
  }
  const error = harmless(outcome) ?? { class: 'retry', code: 'answer', title: 'Twilio gave no readable answer.' };
  return { error: redactError(error, FIELDS, context.credentials) };
}

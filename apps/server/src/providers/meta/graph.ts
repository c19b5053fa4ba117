import type { CarrierError } from '../../messaging/index.ts';
import { baseOf, headerSecret, isError, misconfigured, type Api } from '../carrier-api.ts';
import type { CredentialField, Credentials } from '../contract.ts';

export const DEFAULT_GRAPH_URL = 'https://graph.facebook.com';
/** v25.0 lives until 2028-07-29 (providers.md §1.1); an expired version is silently served by the oldest living one. */
export const DEFAULT_GRAPH_VERSION = 'v25.0';

export const FIELDS: readonly CredentialField[] = [
  { name: 'phone_number_id', secret: false, required: true, help: 'Id of the sender number (WhatsApp Manager, API setup). Not the number itself.' },
  { name: 'waba_id', secret: false, required: true, help: 'Id of the WhatsApp Business Account above the number.' },
  { name: 'access_token', secret: true, required: true, help: 'Permanent token of a system user with whatsapp_business_messaging and whatsapp_business_management.' },
  { name: 'app_secret', secret: true, required: true, help: 'Secret of the Meta app (App settings, Basic): proves that webhooks come from Meta.' },
  { name: 'graph_url', secret: false, required: false, help: `Host of the Graph API, default ${DEFAULT_GRAPH_URL}.` },
  { name: 'graph_version', secret: false, required: false, help: `Version of the Graph API, default ${DEFAULT_GRAPH_VERSION}.` },
];

/** Where this route's API is (`base` is `<graph_url>/<version>`), or why its credentials cannot be used. */
export function graphOf(credentials: Credentials): Api | CarrierError {
  const api = baseOf(credentials, 'graph_url', DEFAULT_GRAPH_URL);
  if (isError(api)) return api;
  const version = credentials['graph_version'] || DEFAULT_GRAPH_VERSION;
  if (!/^v\d{1,3}\.\d{1,2}$/.test(version)) return misconfigured('graph_version', 'graph_version looks like v25.0');
  const token = headerSecret(credentials, 'access_token');
  if (typeof token !== 'string') return token;
  return { origin: api.origin, base: `${api.base}/${version}`, headers: { authorization: `Bearer ${token}`, accept: 'application/json' } };
}

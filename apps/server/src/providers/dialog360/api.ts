import { baseOf, headerSecret, isError, type Api } from '../carrier-api.ts';
import type { CarrierError } from '../../messaging/index.ts';
import type { CredentialField, Credentials } from '../contract.ts';

export const DEFAULT_API_URL = 'https://waba-v2.360dialog.io';

export const FIELDS: readonly CredentialField[] = [
  { name: 'api_key', secret: true, required: true, help: 'D360-API-KEY of the number (360dialog Hub, the number, “Generate API key”). A new one ends the old one.' },
  { name: 'phone_number', secret: false, required: true, help: 'The sender number with its country code, such as +56 2 2000 1111: webhooks name it.' },
  { name: 'webhook_secret', secret: true, required: false, help: 'What 360dialog shows us with every webhook, as “Authorization: Bearer …”. Left empty, one is made and told to 360dialog.' },
  { name: 'hmac_secret', secret: true, required: false, help: 'Only for partners of 360dialog: the secret of the partner platform, which signs webhooks.' },
  { name: 'waba_id', secret: false, required: false, help: 'Id of the WhatsApp Business Account, for its own news (templates, account).' },
  { name: 'api_url', secret: false, required: false, help: `Address of the API, default ${DEFAULT_API_URL}.` },
];

/** One key is one number: neither version nor number is in the path (providers.md §2). */
export function apiOf(credentials: Credentials): Api | CarrierError {
  const base = baseOf(credentials, 'api_url', DEFAULT_API_URL);
  if (isError(base)) return base;
  const key = headerSecret(credentials, 'api_key');
  return typeof key === 'string' ? { ...base, headers: { 'd360-api-key': key, accept: 'application/json' } } : key;
}

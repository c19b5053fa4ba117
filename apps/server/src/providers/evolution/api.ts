import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError, SendOutcome } from '../../messaging/index.ts';
import { baseOf, headerSecret, isError, jsonObject, misconfigured, segment, type Api } from '../carrier-api.ts';
import type { CarrierContext, CredentialField, Credentials } from '../contract.ts';
import { classifyFailure, harmless } from '../outcomes.ts';
import { redactError } from '../redact.ts';
import { classify } from './errors.ts';

export const FIELDS: readonly CredentialField[] = [
  { name: 'server_url', secret: false, required: true, help: 'Address of your Evolution API server (2.3.7), such as https://evolution.example.org.' },
  { name: 'api_key', secret: true, required: true, help: 'AUTHENTICATION_API_KEY of the server, or the token of the instance. Making an instance needs the first.' },
  { name: 'instance', secret: false, required: true, help: 'Name of the instance; it is made when there is none of this name.' },
  { name: 'phone_number', secret: false, required: false, help: 'The number of the phone, with its country code. Left empty, Evolution tells it once the phone is paired.' },
  { name: 'webhook_secret', secret: true, required: false, help: 'What Evolution shows us with every webhook. Left empty, one is made and told to Evolution.' },
  { name: 'webhook_proof', secret: false, required: false, help: '“header” (default): the secret in a header of its own; “jwt”: a token signed with it, which is worth nothing after ten minutes.' },
  { name: 'allowed_ips', secret: false, required: false, help: 'Addresses or networks that its webhooks may come from, separated by commas, such as 10.0.0.7, 192.168.1.0/24. Empty: any.' },
];

export interface Evolution extends Api {
  /** Name of the instance as a segment of a path. */
  readonly instance: string;
}

/** Where this route's API is, or why its credentials cannot be used. */
export function evolutionOf(credentials: Credentials): Evolution | CarrierError {
  const base = baseOf(credentials, 'server_url');
  if (isError(base)) return base;
  const key = headerSecret(credentials, 'api_key');
  if (typeof key !== 'string') return key;
  const instance = segment(credentials['instance']);
  if (instance === undefined) return misconfigured('instance', 'the name of the instance has only letters, digits, _, - and dots');
  return { ...base, headers: { apikey: key, accept: 'application/json' }, instance };
}

export type Found = { readonly json: Record<string, unknown>; readonly value: unknown } | { readonly error: CarrierError };

/** A call that may be repeated without harm: what it answered on success, else an error without secrets. Never throws for the network or the carrier. */
export async function query(context: CarrierContext, call: () => Promise<HttpResponse>): Promise<Found> {
  let outcome: SendOutcome;
  try {
    const response = await call();
    if (response.status >= 200 && response.status < 300) return { json: jsonObject(response) ?? {}, value: parsed(response) };
    outcome = classify(response);
  } catch (failure) {
    outcome = classifyFailure(failure);
  }
  const error = harmless(outcome) ?? { class: 'retry', code: 'answer', title: 'Evolution gave no readable answer.' };
  return { error: redactError(error, FIELDS, context.credentials) };
}

function parsed(response: HttpResponse): unknown {
  try {
    return JSON.parse(response.body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

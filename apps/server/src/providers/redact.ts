import type { CarrierError, SendOutcome } from '../messaging/index.ts';
import type { CredentialField, Credentials } from './contract.ts';

const MASK = '•••';
/** Shorter values (an empty or trivial secret) would tear ordinary words apart. */
const MIN_LENGTH = 6;

/** Carriers repeat what they were given ("Malformed access token EAA…"): takes a route's secrets out of an error. */
export function redactError(error: CarrierError, fields: readonly CredentialField[], credentials: Credentials): CarrierError {
  const secrets = fields.flatMap((f) => (f.secret && (credentials[f.name]?.length ?? 0) >= MIN_LENGTH ? [credentials[f.name]!] : []));
  const clean = (text: string) => secrets.reduce((t, secret) => t.replaceAll(secret, MASK), text);
  return {
    ...error,
    code: clean(error.code),
    title: clean(error.title),
    ...(error.detail === undefined ? {} : { detail: clean(error.detail) }),
    ...(error.trace === undefined ? {} : { trace: clean(error.trace) }),
  };
}

export function redactOutcome(outcome: SendOutcome, fields: readonly CredentialField[], credentials: Credentials): SendOutcome {
  return outcome.outcome === 'accepted' ? outcome : { ...outcome, error: redactError(outcome.error, fields, credentials) };
}

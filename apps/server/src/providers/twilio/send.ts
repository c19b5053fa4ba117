import type { SendOutcome } from '../../messaging/index.ts';
import { callApi, isError, isNear } from '../carrier-api.ts';
import type { CarrierContext, SendRequest } from '../contract.ts';
import { classifyFailure } from '../outcomes.ts';
import { redactOutcome } from '../redact.ts';
import { DEFAULT_API_URL, FIELDS, twilioOf } from './api.ts';
import { addressOf, encodeContent } from './encode.ts';
import { classify } from './errors.ts';
import { CORRELATION } from './push.ts';

/** POST Messages.json, once. Its statuses come to our webhook with our own id in the address. */
export async function send(context: CarrierContext, { to, content, correlation, attempt, object }: SendRequest): Promise<SendOutcome> {
  const twilio = twilioOf(context.credentials);
  if (isError(twilio)) return { outcome: 'rejected', error: twilio };
  const address = addressOf(to);
  if (address === undefined) return { outcome: 'rejected', error: { class: 'permanent', code: 'recipient', title: 'There is neither a phone number nor a user id to send to.' } };
  const said = object === undefined ? encodeContent(content) : { ContentSid: object };
  if (isError(said)) return { outcome: 'rejected', error: said };
  const service = context.credentials['messaging_service_sid'];
  const form = { To: address, ...(service ? { MessagingServiceSid: service } : { From: `whatsapp:+${twilio.from}` }), ...said as Record<string, string>, ...report(context, twilio.base, correlation) };
  let outcome: SendOutcome;
  try {
    outcome = classify(await callApi(context, twilio, { method: 'POST', path: `${twilio.account}/Messages.json`, form }), attempt);
  } catch (failure) {
    outcome = classifyFailure(failure, attempt);
  }
  return redactOutcome(outcome, FIELDS, context.credentials);
}

/** Twilio refuses messages whose callback it could never reach (21609): on a desk without a public address it is left out. */
function report({ webhookUrl }: CarrierContext, base: string, correlation: string): Record<string, string> {
  const url = webhookUrl === undefined ? null : URL.parse(webhookUrl);
  if (!url || (base === DEFAULT_API_URL && isNear(url.hostname))) return {};
  url.searchParams.set(CORRELATION, correlation);
  return { StatusCallback: url.href };
}

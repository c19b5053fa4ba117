import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError } from '../../messaging/index.ts';
import type { CarrierContext } from '../contract.ts';
import { redactError } from '../redact.ts';
import { classify, classifyFailure, harmless } from '../whatsapp/errors.ts';
import { FIELDS, jsonObject } from './graph.ts';

/**
 * A call that may be repeated without harm: its JSON object on 2xx, else an error without secrets. Never throws for the
 * network or the carrier.
 */
export async function query(context: CarrierContext, call: () => Promise<HttpResponse>): Promise<{ readonly json: Record<string, unknown> } | { readonly error: CarrierError }> {
  let outcome;
  try {
    const response = await call();
    const json = jsonObject(response);
    if (response.status >= 200 && response.status < 300 && json && json['error'] === undefined) return { json };
    outcome = classify(response);
  } catch (failure) {
    outcome = classifyFailure(failure);
  }
  const error = harmless(outcome) ?? { class: 'retry', code: 'answer', title: 'The carrier gave no readable answer.' };
  return { error: redactError(error, FIELDS, context.credentials) };
}

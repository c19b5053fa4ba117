import type { CompanyRef } from '@centralita/platform/database';
import { encodeId } from '@centralita/kernel';
import type { CarrierError, OutboundContent, SendOutcome } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { uploadFor } from '../media/index.ts';
import type { DeliveryRequest } from './store.ts';

export interface Try {
  readonly message_id: string;
  readonly number: number;
  readonly request: DeliveryRequest;
  /** Whether the route is certainly still ours; asked right before the message leaves. */
  fresh(): boolean;
}

/** One try over one route: gives our files to the carrier first where there are any. Never throws. */
export async function sendMessage(rt: Runtime, company: CompanyRef, route: Route, one: Try): Promise<SendOutcome> {
  const provider = rt.providers[route.provider];
  if (!provider) return { outcome: 'rejected', error: { class: 'config', code: 'provider', title: `No provider is called ${route.provider}.` } };
  const from = performance.now();
  let outcome: SendOutcome;
  try {
    const content = await withFiles(rt, company, route, one.request.content).catch((error: unknown): CarrierError => {
      rt.log.warn({ error, message: one.message_id }, 'the file of a message could not be given to the carrier');
      return { class: 'retry', code: 'media', title: 'The file could not be given to the carrier.' };
    });
    if ('class' in content) outcome = before(content);
    // Giving a file away takes its time, in which this process may have slept.
    else if (!one.fresh()) outcome = before({ class: 'retry', code: 'lease', title: 'The route changed hands before the message left.' });
    else {
      outcome = await provider.send(
        { http: rt.http.carrier, credentials: route.credentials, timeoutMs: rt.config.carrierTimeoutSeconds * 1000 },
        { to: one.request.to, content, correlation: encodeId('msg', one.message_id), attempt: one.number, ...(one.request.quote && { quote: one.request.quote }) });
    }
  } catch (error) {
    // A provider does not throw; should one, nobody knows what it did before.
    rt.log.error({ error, message: one.message_id, provider: route.provider }, 'a provider threw while it was sending');
    outcome = { outcome: 'unknown', error: { class: 'unknown', code: 'internal', title: 'Sending was interrupted by an error of ours.' } };
  }
  rt.metrics.sends.inc({ provider: route.provider, outcome: outcome.outcome });
  rt.metrics.sendSeconds.observe({ provider: route.provider }, (performance.now() - from) / 1000);
  return outcome;
}

/** The content as the carrier can take it; or why a file cannot be given to it: nothing was sent then. */
async function withFiles(rt: Runtime, company: CompanyRef, route: Route, content: OutboundContent): Promise<OutboundContent | CarrierError> {
  if ('media' in content) {
    const media = await uploaded(rt, company, route, content.media);
    return 'class' in media ? media : { ...content, media };
  }
  if (content.type !== 'list' && 'header' in content && typeof content.header === 'object') {
    const media = await uploaded(rt, company, route, content.header.media);
    return 'class' in media ? media : { ...content, header: { ...content.header, media } };
  }
  return content;
}

type File = Extract<OutboundContent, { media: unknown }>['media'];
async function uploaded(rt: Runtime, company: CompanyRef, route: Route, file: File): Promise<File | CarrierError> {
  if (!file.id) return file;
  const answer = await uploadFor(rt, company, route, file.id);
  return 'class' in answer ? answer : { ...file, remote_id: answer.id };
}

/** The message certainly does not exist at the carrier, whatever became of its file. */
function before(error: CarrierError): SendOutcome {
  const again = error.class === 'retry' || error.class === 'slow_down' || error.class === 'unknown';
  return again ? { outcome: 'retry', error: { ...error, class: 'retry' } } : { outcome: 'rejected', error };
}

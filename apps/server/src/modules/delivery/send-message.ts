import type { CompanyRef } from '@centralita/platform/database';
import { encodeId } from '@centralita/kernel';
import type { CarrierError, OutboundContent, SendOutcome } from '../../messaging/index.ts';
import type { MediaFile } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, type Route } from '../accounts/index.ts';
import { uploadFor } from '../media/index.ts';
import { forgetObject, objectFor } from '../templates/index.ts';
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
    const ready = await withFiles(rt, company, route, one.request.content).catch((error: unknown): CarrierError => {
      rt.log.warn({ error, message: one.message_id }, 'the file of a message could not be given to the carrier');
      return { class: 'retry', code: 'media', title: 'The file could not be given to the carrier.' };
    });
    const object = 'class' in ready ? ready : await objectFor(rt, company, route, one.request.content);
    if ('class' in ready) outcome = before(ready);
    else if ('class' in object) outcome = before(object);
    // Giving a file away takes its time, in which this process may have slept.
    else if (!one.fresh()) outcome = before({ class: 'retry', code: 'lease', title: 'The route changed hands before the message left.' });
    else {
      outcome = await provider.send(
        await carrierContext(rt, route),
        { to: one.request.to, ...ready, correlation: encodeId('msg', one.message_id), attempt: one.number, ...object, ...(one.request.group && { group: one.request.group }), ...(one.request.quote && { quote: one.request.quote }) });
      if (object.object !== undefined && outcome.outcome === 'rejected' && provider.objects?.missing(outcome.error)) {
        await forgetObject(rt, company, route, object.object);
        outcome = { outcome: 'retry', error: { ...outcome.error, class: 'retry' }, after_ms: 0 };
      }
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

interface Ready {
  readonly content: OutboundContent;
  readonly file?: MediaFile;
}

/** The content as the carrier can take it; or why a file cannot be given to it: nothing was sent then. */
async function withFiles(rt: Runtime, company: CompanyRef, route: Route, content: OutboundContent): Promise<Ready | CarrierError> {
  if ('media' in content) {
    const given = await uploaded(rt, company, route, content.media);
    return 'class' in given ? given : { content: { ...content, media: given.media }, ...(given.file && { file: given.file }) };
  }
  if (content.type !== 'list' && 'header' in content && typeof content.header === 'object') {
    const given = await uploaded(rt, company, route, content.header.media);
    return 'class' in given ? given : { content: { ...content, header: { ...content.header, media: given.media } }, ...(given.file && { file: given.file }) };
  }
  return { content };
}

type File = Extract<OutboundContent, { media: unknown }>['media'];
async function uploaded(rt: Runtime, company: CompanyRef, route: Route, file: File): Promise<{ readonly media: File; readonly file?: MediaFile } | CarrierError> {
  if (!file.id) return { media: file };
  const given = await uploadFor(rt, company, route, file.id);
  if ('class' in given) return given;
  if ('id' in given) return { media: { ...file, remote_id: given.id } };
  // What the store knows of it is better than what was said of it.
  const media = { ...file, mime_type: given.file.mime_type, filename: file.filename ?? given.file.filename };
  return 'link' in given ? { media: { ...media, link: given.link } } : { media, file: given.file };
}

/** The message certainly does not exist at the carrier, whatever became of its file. */
function before(error: CarrierError): SendOutcome {
  const again = error.class === 'retry' || error.class === 'slow_down' || error.class === 'unknown';
  return again ? { outcome: 'retry', error: { ...error, class: 'retry' } } : { outcome: 'rejected', error };
}

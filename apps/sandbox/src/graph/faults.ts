/** Faults of the network between the business and the Graph API. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sandbox } from '../context.ts';
import type { FaultCalls } from '../faults.ts';
import { GraphError } from './errors.ts';
import { isFields } from './fields.ts';

interface At {
  readonly phoneNumberId: string | null;
  readonly calls: FaultCalls;
}

/** Breaks the connection without a word. */
export function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.destroy();
}

function scope(request: FastifyRequest): At {
  const id = isFields(request.params) && typeof request.params['id'] === 'string' ? request.params['id'] : null;
  const path = request.url.split('?')[0] ?? '';
  if (path.endsWith('/messages')) return { phoneNumberId: id, calls: request.method === 'POST' && request.isSend ? 'messages' : 'all' };
  const media = path.endsWith('/media') || path.startsWith('/whatsapp_business/') || (id !== null && path === `/${id}`);
  return { phoneNumberId: id, calls: media ? 'media' : 'all' };
}

/** True: the connection has to be refused before anything was read. */
export function strikeBefore(sandbox: Sandbox, request: FastifyRequest): boolean {
  if (!sandbox.faults.any || request.url.startsWith('/sandbox')) return false;
  const { phoneNumberId, calls } = scope(request);
  // Nothing was read yet: any POST to /messages counts as a send.
  const send = request.method === 'POST' && (request.url.split('?')[0] ?? '').endsWith('/messages');
  return sandbox.faults.take('refuse', { phoneNumberId, calls: send ? 'messages' : calls }) !== undefined;
}

/** What strikes once the request was read and before anything is accepted. */
export function strikeAfter(sandbox: Sandbox, call: { request: FastifyRequest; reply: FastifyReply; done: (error?: Error) => void }): void {
  const at = scope(call.request);
  if (sandbox.faults.take('drop_before_accept', at) !== undefined) {
    cut(call.reply);
    return;
  }
  const latency = sandbox.faults.take('latency', at);
  const go = (): void => {
    const error = sandbox.faults.take('error', at);
    if (error === undefined) call.done();
    else call.done(new GraphError(error.code ?? 131000, 'Asked for with POST /sandbox/faults.', error.http === null ? {} : { http: error.http }));
  };
  if (latency === undefined) go();
  else setTimeout(go, latency.ms + sandbox.runtime.fraction() * latency.jitter);
}

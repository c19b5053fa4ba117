/** What the APIs of all carriers but Meta have in common: who calls, how it answers, and what can go wrong on the way. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Sandbox } from '../context.ts';
import type { FaultCalls } from '../faults.ts';
import { cut } from '../graph/faults.ts';
import type { BusinessNumber } from '../store/identities.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose number a call is for; set before every handler of a carrier but Meta. */
    business: BusinessNumber | null;
  }
}

export interface Front {
  readonly sandbox: Sandbox;
  /** The number a call is for, null where it is for none; throws the carrier's refusal. */
  authenticate(request: FastifyRequest): BusinessNumber | null;
  /** Which faults a call meets. `messages`: it sends. */
  callsOf(request: FastifyRequest): FaultCalls;
  /** The error that a fault asks for. */
  fault(code: number, http: number | null): Error;
  /** An error as the carrier writes it; `meant`: a refusal that belongs to the play. */
  answer(error: unknown): { readonly status: number; readonly body: unknown; readonly meant: boolean };
}

export function openFront(app: FastifyInstance, front: Front): void {
  const { sandbox } = front;
  app.decorateRequest('business', null);
  app.setErrorHandler((error, _request, reply) => {
    const { status, body, meant } = front.answer(error);
    if (status >= 500 && !meant) process.stderr.write(`${JSON.stringify({ level: 'error', msg: 'a carrier failed at a request', error: error instanceof Error ? error.stack : String(error) })}\n`);
    void reply.code(status).type('application/json').send(JSON.stringify(body));
  });
  app.addHook('onRequest', (request, reply, done) => {
    request.business = front.authenticate(request);
    if (sandbox.faults.any && sandbox.faults.take('refuse', at(front, request)) !== undefined) cut(reply);
    else done();
  });
  app.addHook('preHandler', (request, reply, done) => {
    if (sandbox.faults.any) strike(front, { request, reply, done });
    else done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (sandbox.faults.any && front.callsOf(request) === 'messages' && reply.statusCode < 300 && strikeAnswer(front, request, reply)) return;
    done(null, payload);
  });
}

function at(front: Front, request: FastifyRequest): { phoneNumberId: string | null; calls: FaultCalls } {
  return { phoneNumberId: request.business?.phoneNumberId ?? null, calls: front.callsOf(request) };
}

function strike(front: Front, { request, reply, done }: { request: FastifyRequest; reply: FastifyReply; done: (error?: Error) => void }): void {
  const { sandbox } = front;
  const where = at(front, request);
  if (sandbox.faults.take('drop_before_accept', where) !== undefined) {
    cut(reply);
    return;
  }
  const latency = sandbox.faults.take('latency', where);
  const go = (): void => {
    const error = sandbox.faults.take('error', where);
    if (error === undefined) done();
    else done(front.fault(error.code ?? 0, error.http));
  };
  if (latency === undefined) go();
  else setTimeout(go, latency.ms + sandbox.runtime.fraction() * latency.jitter);
}

/** Of an accepted send, the answer may be lost on the way, or never come. */
function strikeAnswer(front: Front, request: FastifyRequest, reply: FastifyReply): boolean {
  const where = { ...at(front, request), calls: 'messages' as const };
  if (front.sandbox.faults.take('accept_then_drop', where) !== undefined) {
    cut(reply);
    return true;
  }
  return front.sandbox.faults.take('timeout', where) !== undefined;
}

/** Answers once what happened is on disk. */
export function answerWhenKept(sandbox: Sandbox, reply: FastifyReply, what: { status?: number; json: unknown }): void {
  sandbox.journal.afterCommit((failure) => {
    if (failure !== undefined) void reply.send(failure);
    else void reply.code(what.status ?? 200).type('application/json').send(JSON.stringify(what.json));
  });
}

/** The number of a call that must be for one. */
export function businessOf(request: FastifyRequest): BusinessNumber {
  if (request.business === null) throw new Error('this call is for no number');
  return request.business;
}

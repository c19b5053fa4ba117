import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Sandbox } from '../context.ts';
import { isKnownCode } from '../graph/errors.ts';
import { FAULT_KINDS } from '../faults.ts';
import type { Fault, NewFault } from '../faults.ts';
import { parse } from '../http/input.ts';
import { Problem } from '../http/problem.ts';

const Times = z.number().int().min(1).max(1_000_000).optional();
const Scope = { phone_number_id: z.string().optional(), times: Times };
const Calls = z.enum(['messages', 'media', 'all']).optional();
const Wait = z.number().int().min(0).max(600_000);

const FaultBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), ms: Wait, jitter: Wait.optional(), calls: Calls, ...Scope }),
  z.strictObject({
    kind: z.literal('error'), code: z.number().int().min(0).max(9_999_999), http: z.number().int().min(400).max(599).optional(), calls: Calls, ...Scope,
  }),
  z.strictObject({ kind: z.literal('accept_then_drop'), ...Scope }),
  z.strictObject({ kind: z.literal('drop_before_accept'), calls: Calls, ...Scope }),
  z.strictObject({ kind: z.literal('timeout'), ...Scope }),
  z.strictObject({ kind: z.literal('refuse'), calls: Calls, ...Scope }),
  z.strictObject({ kind: z.literal('duplicate'), ...Scope }),
  z.strictObject({ kind: z.literal('reorder'), hold_ms: Wait.optional(), ...Scope }),
  z.strictObject({ kind: z.literal('silence'), drop: z.boolean().optional(), phone_number_id: z.string().optional() }),
  z.strictObject({ kind: z.literal('web_login'), code: z.number().int().min(400).max(599).optional(), ...Scope }),
  z.strictObject({ kind: z.literal('web_end'), how: z.enum(['restart', 'replaced', 'device_removed', 'unavailable', 'stream_end', 'reset']), ...Scope }),
  z.strictObject({ kind: z.literal('web_freeze'), phone_number_id: z.string().optional() }),
  z.strictObject({ kind: z.literal('web_iq'), how: z.enum(['drop', 'delay', 'duplicate', 'error']), iq: z.string().max(100).optional(), ms: Wait.optional(), code: z.number().int().min(400).max(599).optional(), ...Scope }),
  z.strictObject({
    kind: z.literal('web_message'), direction: z.enum(['in', 'out']), how: z.enum(['nack', 'drop', 'delay', 'duplicate', 'corrupt']), code: z.number().int().min(400).max(599).optional(), ms: Wait.optional(), ...Scope,
  }).refine((fault) => (fault.direction === 'in' ? ['nack', 'drop', 'delay'] : ['drop', 'delay', 'duplicate', 'corrupt']).includes(fault.how), {
    path: ['how'], error: 'of a linked device (in): nack, drop or delay; to one (out): drop, delay, duplicate or corrupt',
  }),
  z.strictObject({ kind: z.literal('web_media'), http: z.number().int().min(400).max(599), direction: z.enum(['upload', 'download']).optional(), times: Times }),
], { error: `kind must be one of ${FAULT_KINDS.join(', ')}` });

export function faultRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  const { faults, journal, identities } = sandbox;

  app.get('/faults', (): { faults: readonly Fault[] } => ({ faults: faults.list() }));

  app.post('/faults', async (request, reply) => {
    const { times, ...body } = parse(FaultBody, request.body, 'body') as z.infer<typeof FaultBody> & { times?: number; phone_number_id?: string };
    if (body.phone_number_id !== undefined && !identities.numbers.has(body.phone_number_id)) {
      throw new Problem(404, `There is no number ${body.phone_number_id}.`, { where: 'body.phone_number_id', toDo: 'Take a phone_number_id from GET /sandbox/numbers, or leave it out.' });
    }
    if (body.kind === 'error' && body.http === undefined && !isKnownCode(body.code)) {
      throw new Problem(400, `The sandbox does not know with which HTTP status Meta answers error ${body.code}.`, { where: 'body.http', toDo: 'Give it as "http", for instance 400.' });
    }
    const wish: NewFault = times === undefined ? body : { ...body, remaining: times };
    const fault = faults.add(wish);
    await journal.committed();
    return reply.code(201).send(fault);
  });

  app.delete('/faults', async () => {
    const lifted = faults.lift();
    await journal.committed();
    return { lifted };
  });

  app.delete<{ Params: { id: string } }>('/faults/:id', async (request) => {
    const lifted = faults.lift(request.params.id);
    if (lifted === 0) throw new Problem(404, 'There is no such fault any more.', { where: 'path', toDo: 'GET /sandbox/faults lists what remains.' });
    await journal.committed();
    return { lifted };
  });
}

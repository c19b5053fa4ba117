import type { FastifyReply } from 'fastify';
import type { Sandbox } from '../context.ts';
import { Problem } from '../http/problem.ts';

/** Answers once what happened is on disk. */
export function afterCommit(sandbox: Sandbox, reply: FastifyReply, body: unknown): void {
  sandbox.journal.afterCommit((failure) => {
    if (failure === undefined) void reply.send(body);
    else void reply.send(new Problem(500, 'It could not be written to disk.', { toDo: 'Look for room in SANDBOX_DATA.' }));
  });
}

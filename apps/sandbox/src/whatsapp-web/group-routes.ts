/** Groups, as their members run them from a phone. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Sandbox } from '../context.ts';
import { parse } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { plainDigits, waId } from '../network/numbers.ts';
import type { Group, Web } from './context.ts';
import { isAdmin, isMember } from './groups.ts';

const Numbers = z.array(z.string().max(30)).max(1024);
const Subject = z.string().trim().min(1).max(100);
const NewGroup = z.strictObject({ by: z.string(), subject: Subject, members: Numbers });
/** `by` is who does it. */
const Change = z.strictObject({ by: z.string(), subject: Subject.optional(), add: Numbers.optional(), remove: Numbers.optional(), promote: Numbers.optional(), demote: Numbers.optional(), leave: z.literal(true).optional() });

export function groupRoutes(app: FastifyInstance, sandbox: Sandbox, load: () => Promise<Web>): void {
  const view = (group: Group): Record<string, unknown> => ({
    id: group.id, subject: group.subject, creator: group.creator, created_at: new Date(group.created * 1000).toISOString(), members: group.members.map(({ number, role }) => ({ number, role: role ?? 'member' })),
  });
  const number = (web: Web, given: string): string => {
    const digits = plainDigits(given);
    const found = digits === undefined ? undefined : web.directory.onWhatsApp(waId(digits));
    if (found === undefined) throw new Problem(400, `"${given.slice(0, 40)}" is no number on WhatsApp.`, { where: 'body', toDo: 'Give its digits with country code, like 56912345678.' });
    sandbox.phones.ensure(found);
    return found;
  };

  app.get<{ Querystring: { of?: string } }>('/groups', async (request) => {
    const web = await load();
    return { groups: web.groups.of(number(web, request.query.of ?? '')).map(view) };
  });

  app.post('/groups', async (request, reply) => {
    const web = await load();
    const body = parse(NewGroup, request.body, 'body');
    const group = web.groups.create(number(web, body.by), { subject: body.subject, members: body.members.map((one) => number(web, one)) });
    await sandbox.journal.committed();
    return reply.code(201).send(view(group));
  });

  app.patch<{ Params: { id: string } }>('/groups/:id', async (request) => {
    const web = await load();
    const { groups } = web;
    const group = groups.get(request.params.id);
    if (group === undefined) throw new Problem(404, 'There is no such group.', { where: 'path', toDo: 'GET /sandbox/groups?of= lists those of a phone.' });
    const body = parse(Change, request.body, 'body');
    const by = number(web, body.by);
    if (!isMember(group, by)) throw new Problem(403, `${by} is not in this group.`, { where: 'body.by', toDo: 'Let one of its members do it.' });
    if (body.leave !== true && !isAdmin(group, by)) throw new Problem(403, `${by} does not run this group.`, { where: 'body.by', toDo: 'Let one of its admins do it.' });
    const all = (given: readonly string[]): string[] => given.map((one) => number(web, one));
    if (body.subject !== undefined) groups.setSubject(group, by, body.subject);
    if (body.add !== undefined) groups.add(group, by, all(body.add));
    if (body.remove !== undefined) groups.remove(group, by, all(body.remove));
    for (const act of ['promote', 'demote'] as const) if (body[act] !== undefined) groups.setRole(group, by, { numbers: all(body[act]), act });
    if (body.leave === true) groups.remove(group, by, [by]);
    await sandbox.journal.committed();
    return view(group);
  });
}

import type { FastifyRequest } from 'fastify';
import type { Conversation } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import type { Caller } from '../companies/index.ts';
import { conversationErrors, viewConversations, viewerFor } from '../conversations/index.ts';

/** A conversation as its caller may see it. Throws `conversations.not_found`. */
export async function shown(rt: Runtime, caller: Caller, id: string): Promise<Conversation> {
  const viewer = await viewerFor(rt, caller);
  const [conversation] = await rt.db.withCompany(caller.company, (tx) => viewConversations(viewer, tx, [id]));
  if (!conversation) throw conversationErrors.not_found();
  return conversation;
}

/** The conversation in the address. Throws `conversations.not_found`. */
export function conversationId(request: FastifyRequest): string {
  const id = decodeId('conv', (request.params as { id: string }).id);
  if (id === undefined) throw conversationErrors.not_found();
  return id;
}

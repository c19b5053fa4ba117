/** What the business offered to tap, so that a tap only has to name its id. */
import type { Sandbox } from '../context.ts';
import { isFields } from '../graph/fields.ts';
import type { Fields } from '../graph/fields.ts';
import type { RenderedTemplate } from '../graph/send/template.ts';
import { Problem } from '../http/problem.ts';
import type { Line } from '../network/inbound.ts';
import type { Message } from '../store/messages.ts';

type Context = { readonly from: string; readonly id: string };

/** As far back as a person would scroll. */
const LOOK_BACK = 200;

function received(sandbox: Sandbox, line: Line, contextId: string | undefined): Message[] {
  const all = sandbox.messages.lastOfPhone(line.phone.number, { before: Number.MAX_SAFE_INTEGER, limit: LOOK_BACK });
  return all
    .filter((message) => message.direction === 'in' && message.phoneNumberId === line.business.phoneNumberId && (contextId === undefined || message.id === contextId))
    .reverse();
}

function fields(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** [id, title, description] of everything an interactive message offers. */
function offers(message: Message, kind: 'button' | 'list'): { id: string; title: string; description?: string }[] {
  if (message.type !== 'interactive') return [];
  const payload = JSON.parse(message.payload) as Fields;
  const content = payload['interactive'];
  const action = isFields(content) && isFields(content['action']) ? content['action'] : {};
  const found = kind === 'list'
    ? fields(action['sections']).flatMap((section) => fields(section['rows']))
    : [...fields(action['buttons']), ...fields(action['cards']).flatMap((card) => (isFields(card['action']) ? fields(card['action']['buttons']) : []))]
        .map((button) => button['reply'] ?? button['quick_reply']).filter(isFields);
  return found.map((row) => ({
    id: String(row['id'] ?? ''), title: String(row['title'] ?? ''),
    ...(typeof row['description'] === 'string' ? { description: row['description'] } : {}),
  }));
}

export function offeredReply(
  sandbox: Sandbox, line: Line, tap: { kind: 'button' | 'list'; id: string; title?: string; contextId?: string },
): { title: string; description?: string; context: Context | undefined } {
  for (const message of received(sandbox, line, tap.contextId)) {
    const offer = offers(message, tap.kind).find((candidate) => candidate.id === tap.id);
    if (offer === undefined) continue;
    return { ...offer, title: tap.title ?? offer.title, context: { from: line.business.businessNumber, id: message.id } };
  }
  if (tap.title !== undefined) return { title: tap.title, context: undefined };
  throw new Problem(404, `The phone was offered nothing with the id "${tap.id.slice(0, 60)}".`, {
    where: `body.${tap.kind}_reply.id`, toDo: 'Take an id from its messages, or give the title too.',
  });
}

/** A quick reply of a template. */
export function offeredButton(
  sandbox: Sandbox, line: Line, tap: { payload: string; text?: string; contextId?: string },
): { text: string; context: Context | undefined } {
  for (const message of received(sandbox, line, tap.contextId)) {
    const rendered = message.extra?.rendered as RenderedTemplate | undefined;
    const buttons = [...(rendered?.buttons ?? []), ...(rendered?.cards ?? []).flatMap((card) => card.buttons)];
    const offer = buttons.find((button) => button.type === 'QUICK_REPLY' && button.payload === tap.payload);
    if (offer !== undefined) return { text: tap.text ?? offer.text, context: { from: line.business.businessNumber, id: message.id } };
  }
  return { text: tap.text ?? tap.payload, context: undefined };
}

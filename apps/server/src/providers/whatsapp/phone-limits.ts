import type { CarrierError, ContactCard, OutboundContent } from '../../messaging/index.ts';
import { length, sourceProblem } from './length.ts';
import { checkContent } from './limits.ts';

const MAX_TEXT = 65_536;
const MAX_CAPTION = 1024;
/** What WhatsApp Web takes for files, and what base64 in one request makes bearable. */
const MAX_FILE = 100 * 1024 * 1024;

/** Refuses what a phone could not send; `undefined`: fine. */
export function checkPhone(content: OutboundContent): CarrierError | undefined {
  const problem = problemOf(content);
  if (problem === undefined) return undefined;
  // Another number of the company may have templates.
  const errorClass = content.type === 'template' || content.type === 'interactive' ? 'fall_back' : 'permanent';
  return { class: errorClass, code: 'content', title: `This phone could not send it: ${problem}.`, detail: problem };
}

function problemOf(c: OutboundContent): string | undefined {
  switch (c.type) {
    case 'template': return 'a phone has no templates; outside the window write a plain text';
    case 'interactive': return 'a phone has no such interactive message';
    case 'text': return length('text', c.text, [1, MAX_TEXT]);
    case 'image': case 'video': case 'audio': case 'document': case 'sticker':
      if (c.media.size !== undefined && c.media.size > MAX_FILE) return `a file may have ${MAX_FILE} bytes, this one has ${c.media.size}`;
      if (c.caption !== undefined && (c.type === 'audio' || c.type === 'sticker')) return `a message of type ${c.type} has no caption`;
      return sourceProblem(c.media) ?? length('caption', c.caption ?? '', [0, MAX_CAPTION]);
    case 'contacts':
      return checkContent(c)?.detail ?? (c.contacts.every((card) => phoneOf(card) !== undefined) ? undefined : 'each contact needs a phone number');
    case 'buttons': case 'list': case 'cta_url': case 'location': case 'reaction':
      return checkContent(c)?.detail;
  }
}

/** The first number of a card. */
export const phoneOf = (card: ContactCard): string | undefined => card.phones.map((p) => p.phone ?? p.wa_id).find((p) => p !== undefined && /\d/.test(p));

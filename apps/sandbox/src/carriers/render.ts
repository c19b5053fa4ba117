/** What each carrier makes of an update. */
import type { Sandbox } from '../context.ts';
import type { BusinessNumber } from '../store/identities.ts';
import type { Update } from '../store/updates.ts';
import type { Rendered } from '../webhooks/rendered.ts';
import { renderDialog360 } from './dialog360/render.ts';
import { renderEvolution } from './evolution/render.ts';
import { renderTwilio } from './twilio/render.ts';

/** Undefined: the carrier does not tell such a thing, or nobody asked for it. */
export function renderUpdate(sandbox: Sandbox, update: Update, business: BusinessNumber): Rendered | undefined {
  switch (business.carrier) {
    // WhatsApp Web has no webhooks.
    case 'meta': case 'whatsapp-web': return undefined;
    case '360dialog': return renderDialog360(update, business);
    case 'twilio': return renderTwilio(sandbox, update, business);
    case 'evolution': return renderEvolution(sandbox, update, business);
  }
}

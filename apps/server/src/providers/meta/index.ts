import type { Provider, RouteLimits } from '../contract.ts';
import { explainStatusError } from '../whatsapp/errors.ts';
import { checkContent } from '../whatsapp/limits.ts';
import { FIELDS } from './graph.ts';
import { media } from './media.ts';
import { presence } from './presence.ts';
import { push } from './push.ts';
import { send } from './send.ts';
import { setup } from './setup.ts';
import { templates } from './templates.ts';

/** To one person 45 at once, then one every 6 s (providers.md §1.12). */
const PAIR = { burst: 45, everyMs: 6_000 };
/** Messages per second by `throughput.level`. In flight: enough for that rate at 400 ms (STANDARD) and 250 ms (HIGH) per call. */
const BY_LEVEL = {
  STANDARD: { perSecond: 80, inFlight: 32, pair: PAIR },
  HIGH: { perSecond: 1_000, inFlight: 250, pair: PAIR },
} satisfies Record<string, RouteLimits>;

/** Meta's own Cloud API. */
export const meta: Provider = {
  type: 'meta',
  contents: new Set(['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'reaction', 'buttons', 'list', 'cta_url', 'template', 'interactive']),
  check: checkContent,
  send,
  fields: FIELDS,
  identify: ({ phone_number_id = '', waba_id = '', app_secret = '' }) => ({ sender_id: phone_number_id, waba_id, app_secret }),
  push,
  media,
  presence,
  setup,
  templates,
  limits: BY_LEVEL.STANDARD,
  limitsFor(info) {
    const throughput = info['throughput'];
    const level = typeof throughput === 'object' && throughput !== null && 'level' in throughput ? throughput.level : undefined;
    return level === 'HIGH' ? BY_LEVEL.HIGH : BY_LEVEL.STANDARD;
  },
  explain: explainStatusError,
};

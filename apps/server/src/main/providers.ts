import type { Provider } from '../providers/contract.ts';
import { baileys, venom, wwebjs } from '../providers/bridge/index.ts';
import { dialog360 } from '../providers/dialog360/index.ts';
import { evolution } from '../providers/evolution/index.ts';
import { meta } from '../providers/meta/index.ts';
import { twilio } from '../providers/twilio/index.ts';

/** Every provider, by its configured name (design §1). */
export const providers: Readonly<Record<string, Provider>> = { meta, official: dialog360, twilio, evolution, baileys, wwebjs, venom };

import type { Clock } from '@centralita/kernel';
import type { Engine } from '../../engine.ts';
import type { Settings } from '../../settings.ts';
import { quietConsole } from './quiet.ts';
import { BaileysSession } from './session.ts';
import { trustRoot } from './socket.ts';

/** Idle sessions cost 0.5 to 1 MB each; beyond this many, traffic of all at once would be slow on one core. */
const CAPACITY = 300;

/** WhatsApp Web without a browser: many logins in one process. Changes what this process trusts, and silences its console. */
export function createBaileys(settings: Settings, clock: Clock): Engine {
  quietConsole();
  trustRoot(settings.whatsapp.root);
  return { name: 'baileys', warnings: [], capacity: CAPACITY, create: (context) => new BaileysSession(context, { whatsapp: settings.whatsapp, ackMs: settings.ackMs, clock }) };
}

import type { EngineName } from '@centralita/contracts/bridge';
import type { Logger } from '@centralita/platform/log';
import type { Engine } from '../../engine.ts';
import type { Driver } from './driver.ts';
import { loadLibrary } from './library.ts';
import { BrowserSession, type BrowserSettings } from './session.ts';
import { WwebjsDriver } from './wwebjs.ts';
import type { Wwebjs } from './wwebjs-library.ts';

export type BrowserEngineName = Exclude<EngineName, 'baileys'>;
type Make = (log: Logger) => Promise<Driver>;

const DRIVERS: Readonly<Partial<Record<BrowserEngineName, Make>>> = {
  wwebjs: async (log) => new WwebjsDriver(await loadLibrary<Wwebjs>('wwebjs', log)),
};
const WARNINGS: Readonly<Partial<Record<BrowserEngineName, string>>> = {
  venom: 'venom-bot is no longer maintained, and its sources were withdrawn: use wppconnect, which serves the same provider.',
};

/** An engine that runs WhatsApp Web itself, one Chromium a session. The library is installed when the first session connects. */
export function createBrowserEngine(name: BrowserEngineName, settings: BrowserSettings): Engine {
  const warnings = [
    ...(WARNINGS[name] ? [WARNINGS[name]] : []),
    ...(settings.chromium === undefined ? ['No Chromium was found on this machine: sessions cannot start. Install it (Debian: chromium), or name it in BRIDGE_CHROMIUM.'] : []),
  ];
  return { name, warnings, capacity: 6, create: (context) => new BrowserSession(context, settings, () => DRIVERS[name]!(context.log)) };
}

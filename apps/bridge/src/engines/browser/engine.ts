import type { EngineName } from '@centralita/contracts/bridge';
import type { Clock } from '@centralita/kernel';
import type { Logger } from '@centralita/platform/log';
import type { Engine } from '../../engine.ts';
import type { Settings } from '../../settings.ts';
import { findChromium } from './chromium.ts';
import type { Driver } from './driver.ts';
import { loadLibrary, loadPart } from './library.ts';
import { BrowserSession, type BrowserSettings } from './session.ts';
import { VenomDriver, type VenomParts } from './venom.ts';
import { WppconnectDriver, type Wppconnect } from './wppconnect.ts';
import { WwebjsDriver } from './wwebjs.ts';
import type { Wwebjs } from './wwebjs-library.ts';

export type BrowserEngineName = Exclude<EngineName, 'baileys'>;

const DRIVERS: Readonly<Record<BrowserEngineName, (log: Logger) => Promise<Driver>>> = {
  wwebjs: async (log) => new WwebjsDriver(await loadLibrary<Wwebjs>('wwebjs', log)),
  wppconnect: async (log) => new WppconnectDriver(await loadLibrary<Wppconnect>('wppconnect', log)),
  venom: async (log) => new VenomDriver({
    library: await loadLibrary<VenomParts['library']>('venom', log), updates: loadPart('venom', 'venom-bot/dist/controllers/check-up-to-date'),
    browser: loadPart('venom', 'venom-bot/dist/controllers/browser'), puppeteer: loadPart('venom', 'puppeteer'),
  }),
};

/** What an operator must know of an engine before taking it. */
const WARNINGS: Readonly<Partial<Record<BrowserEngineName, string>>> = {
  venom: 'venom-bot is no longer maintained, and its sources were withdrawn: use wppconnect, which serves the same provider. Here it sends and receives texts only, and a send repeated after a crash may be a second message.',
};

/** An engine that runs WhatsApp Web itself, one Chromium a session. The library is installed when the first session connects. */
export function createBrowserEngine(name: BrowserEngineName, settings: BrowserSettings): Engine {
  const missing = settings.chromium === undefined ? ['No Chromium was found on this machine: sessions cannot start. Install it (Debian: chromium), or name it in BRIDGE_CHROMIUM.'] : [];
  const warnings = [WARNINGS[name], ...missing].filter((w) => w !== undefined);
  return { name, warnings, capacity: 6, create: (context) => new BrowserSession(context, settings, () => DRIVERS[name](context.log)) };
}

/** As a host's settings say. Throws with a line for people when they name the sandbox, which speaks the protocol and shows no page. */
export function createBrowser(name: BrowserEngineName, settings: Settings, clock: Clock): Engine {
  if (settings.whatsapp.url !== undefined) throw new Error(`BRIDGE_WHATSAPP_URL: ${name} opens the real WhatsApp Web in a browser and cannot talk to the sandbox; take BRIDGE_ENGINE=baileys for it`);
  const { chromium, arguments: more, memoryMb, profileMs } = settings.browser;
  return createBrowserEngine(name, { chromium: findChromium(chromium), chromiumArguments: more, memoryMb, profileMs, ackMs: settings.ackMs, device: settings.whatsapp.device, clock });
}

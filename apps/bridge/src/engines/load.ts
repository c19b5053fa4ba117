import type { EngineName } from '@centralita/contracts/bridge';
import type { Clock } from '@centralita/kernel';
import type { Engine } from '../engine.ts';
import type { Settings } from '../settings.ts';

export interface EngineNeeds {
  readonly settings: Settings;
  readonly clock: Clock;
}

/** Every engine of this version; each is loaded only by the host that runs it. */
const LOADERS: Readonly<Record<EngineName, (needs: EngineNeeds) => Promise<Engine>>> = {
  baileys: async ({ settings, clock }) => (await import('./baileys/index.ts')).createBaileys(settings, clock),
  wwebjs: async ({ settings, clock }) => (await import('./browser/engine.ts')).createBrowser('wwebjs', settings, clock),
  wppconnect: async ({ settings, clock }) => (await import('./browser/engine.ts')).createBrowser('wppconnect', settings, clock),
  venom: async ({ settings, clock }) => (await import('./browser/engine.ts')).createBrowser('venom', settings, clock),
};

/** The engine of this host. */
export async function loadEngine(needs: EngineNeeds): Promise<Engine> {
  return LOADERS[needs.settings.engine](needs);
}

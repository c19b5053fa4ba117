import type { EngineName } from '@centralita/contracts/bridge';
import type { Clock } from '@centralita/kernel';
import type { Engine } from '../engine.ts';
import type { Settings } from '../settings.ts';

export interface EngineNeeds {
  readonly settings: Settings;
  readonly clock: Clock;
}

/** Every engine of this version; each is loaded only by the host that runs it. */
const LOADERS: Readonly<Partial<Record<EngineName, (needs: EngineNeeds) => Promise<Engine>>>> = {
  baileys: async ({ settings, clock }) => (await import('./baileys/index.ts')).createBaileys(settings, clock),
  wwebjs: async ({ settings, clock }) => (await import('./browser/engine.ts')).createBrowser('wwebjs', settings, clock),
  wppconnect: async ({ settings, clock }) => (await import('./browser/engine.ts')).createBrowser('wppconnect', settings, clock),
};

/** The engine of this host. Throws with a line for people when there is none of that name. */
export async function loadEngine(needs: EngineNeeds): Promise<Engine> {
  const load = LOADERS[needs.settings.engine];
  if (!load) throw new Error(`BRIDGE_ENGINE: this version has no engine ${needs.settings.engine}; it has ${Object.keys(LOADERS).join(', ')}`);
  return load(needs);
}

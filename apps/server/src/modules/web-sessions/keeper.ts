import type { Runtime } from '../../runtime.ts';
import { childDriver, type HostDriver } from './host-driver.ts';
import { HostKeeper } from './keep-hosts.ts';

const keepers = new WeakMap<Runtime['config'], HostKeeper>();
/** The keeper of hosts in this process, if it has one. */
export const keeperOf = (rt: Runtime): HostKeeper | undefined => keepers.get(rt.config);

/** Role worker: starts hosts when sessions need them; answers how to end them. Ended after everything that sends. */
export function keepHosts(rt: Runtime, driver: HostDriver = childDriver(rt)): () => Promise<void> {
  if (!rt.config.bridges) return async () => undefined;
  const keeper = new HostKeeper(rt, driver);
  keepers.set(rt.config, keeper);
  return () => keeper.stop();
}

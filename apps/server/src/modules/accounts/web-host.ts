import type { CarrierError } from '../../messaging/index.ts';
import type { WebHost } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from './directory.ts';

type Finder = (route: Route) => Promise<WebHost | CarrierError>;
const finders = new WeakMap<Runtime['db'], Finder>();

/** Whoever keeps the web sessions says which host has a route's session. */
export function setWebHostFinder(rt: Runtime, finder: Finder): void {
  finders.set(rt.db, finder);
}

export const webHostFinder = (rt: Runtime): Finder | undefined => finders.get(rt.db);

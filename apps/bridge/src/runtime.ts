import type { Clock } from '@centralita/kernel';
import type { Sealer } from '@centralita/platform/crypto';
import type { Database } from '@centralita/platform/database';
import type { Logger } from '@centralita/platform/log';
import type { Figures } from './figures.ts';
import type { Settings } from './settings.ts';
import type { Writer } from './store/writer.ts';

/** What everything in a host gets. */
export interface HostRuntime {
  readonly settings: Settings;
  readonly hostId: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly db: Database;
  readonly sealer: Sealer;
  readonly writer: Writer;
  readonly figures: Figures;
  /** Whether this host's lease certainly still runs, by the monotonic clock since the last confirmed heartbeat. */
  fresh(): boolean;
  /** Runs work when it is its turn: a hundred sessions that connect in the same moment would all be late. */
  turn(work: () => Promise<void>): Promise<void>;
}

import type { Clock } from '@centralita/kernel';
import type { Blobs } from '@centralita/platform/blobs';
import type { Config } from '@centralita/platform/config';
import type { Sealer } from '@centralita/platform/crypto';
import type { Database } from '@centralita/platform/database';
import type { FileClient, HttpClient } from '@centralita/platform/http';
import type { Lanes } from '@centralita/platform/lanes';
import type { Logger } from '@centralita/platform/log';
import type { Metrics } from '@centralita/platform/metrics';
import type { Realtime } from '@centralita/platform/realtime';
import type { Events } from './messaging/events.ts';
import type { FastifyInstance } from 'fastify';
import type { Provider } from './providers/contract.ts';

/** What every use case gets as its first parameter. Made once, in main. */
export interface Runtime {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly db: Database;
  /** For connections that are no queries (listening), and for child processes. Holds a password. */
  readonly databaseUrl: string;
  /** A small pool of its own: acknowledging webhooks never waits for other work. */
  readonly intakeDb: Database;
  readonly lanes: Lanes;
  readonly blobs: Blobs;
  readonly sealer: Sealer;
  readonly realtime: Realtime;
  readonly events: Events;
  /** Pools by level of trust: carriers' APIs, addresses customers typed, files. */
  readonly http: { readonly carrier: HttpClient; readonly customer: HttpClient; readonly media: FileClient };
  /** By configured name; a type without a provider is refused when a route is made. */
  readonly providers: Readonly<Record<string, Provider>>;
}

/** What a room offers to main, in its module.ts. main composes the list in main/modules.ts, lowest floor first. */
export interface Module {
  readonly name: string;
  /** In every role, before anything runs: subscriptions to the events of lower rooms. */
  subscribe?(rt: Runtime): void;
  /** Role api: its routes. What must end with the server is hung on the `onClose` hook. */
  http?(app: FastifyInstance, rt: Runtime): void;
  /** Role worker: its lanes (`rt.lanes.worker`), before the lanes are started. */
  work?(rt: Runtime): void;
  /** Role worker: regular chores of its own; answers how to end them. */
  start?(rt: Runtime): Promise<() => Promise<void>>;
}

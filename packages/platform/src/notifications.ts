import pg from 'pg';
import type { Logger } from './log.ts';

export interface ListenOptions {
  readonly databaseUrl: string;
  readonly channel: string;
  readonly log: Logger;
  onPayload(payload: string): void;
  /** Connected, the first time or again: what was sent meanwhile is lost. */
  onConnected(): void;
}

const RETRY_MS = 1000;

/** Listens on a PostgreSQL channel until `close`, on a connection of its own that is made again when it breaks. For hints, not for facts. */
export function listenTo(options: ListenOptions): { close(): Promise<void> } {
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const mine = new pg.Client({ connectionString: options.databaseUrl, connectionTimeoutMillis: 3000, keepAlive: true, application_name: `centralita ${options.channel}` });
    let ended = false;
    const again = (): void => {
      if (ended || closed) return;
      ended = true;
      timer = setTimeout(() => void connect(), RETRY_MS);
    };
    mine.on('error', () => undefined);
    mine.on('end', () => {
      if (client === mine) client = undefined;
      again();
    });
    mine.on('notification', (n) => options.onPayload(n.payload ?? ''));
    try {
      await mine.connect();
      client = mine;
      await mine.query(`listen ${pg.escapeIdentifier(options.channel)}`);
      if (closed) void mine.end().catch(() => undefined);
      else options.onConnected();
    } catch (error) {
      options.log.debug({ channel: options.channel, error: (error as Error).message }, 'not listening; trying again');
      // Never awaited: what never connected may never say that it ended.
      void mine.end().catch(() => undefined);
      again();
    }
  }
  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { defer, type Scope } from '../../../../../../test/harness/defer.ts';
import { waitFor } from '../../../../../../test/harness/wait.ts';
import { createLog } from '@centralita/platform/log';
import type { EngineEvent, EngineNews, KeyEntry, SessionContext, StoredMessage } from '../../../engine.ts';

/** A host's side of one session, in memory: what a host keeps in PostgreSQL outlives `directory`, as it outlives a machine. */
export class Desk {
  readonly news: EngineNews[] = [];
  readonly events: EngineEvent[] = [];
  readonly keys = new Map<string, string>();
  readonly messages = new Map<string, StoredMessage>();
  profiles = 0;

  context(folder: string): SessionContext {
    return {
      id: '00000000-0000-7000-8000-000000000001', name: 'ventas', log: createLog('silent'),
      keys: {
        get: async (type, ids) => Object.fromEntries(ids.flatMap((id) => {
          const value = this.keys.get(`${type} ${id}`);
          return value === undefined ? [] : [[id, value]];
        })),
        set: (entries: readonly KeyEntry[]) => {
          for (const { type, id, value } of entries) {
            if (value === null) this.keys.delete(`${type} ${id}`);
            else this.keys.set(`${type} ${id}`, value);
          }
        },
      },
      messages: { get: async (id) => this.messages.get(id), recent: async () => [...this.messages.keys()], put: (message) => void this.messages.set(message.id, message) },
      directory: async () => {
        mkdirSync(folder, { recursive: true });
        return folder;
      },
      tell: (news) => void this.news.push(news),
      report: (...events) => void this.events.push(...events),
      fresh: () => true,
      keeps: () => true,
      pending: () => 0,
      settled: async () => undefined,
      hold: () => undefined,
      release: () => undefined,
      profileStored: async () => void (this.profiles += 1),
    };
  }

  /** The next news of a kind, taken off. */
  async told<K extends EngineNews['kind']>(kind: K): Promise<Extract<EngineNews, { kind: K }>> {
    await waitFor(() => this.news.some((n) => n.kind === kind), { what: `the news "${kind}"`, timeout: 30_000 }).catch((error: Error) => {
      throw new Error(`${error.message}; instead: ${JSON.stringify(this.news)}`);
    });
    return this.news.splice(this.news.findIndex((n) => n.kind === kind), 1)[0] as Extract<EngineNews, { kind: K }>;
  }
  async reported(what: string, test: (event: EngineEvent) => boolean): Promise<EngineEvent> {
    await waitFor(() => this.events.some(test), { what, timeout: 20_000 });
    return this.events.find(test)!;
  }
}

/** The page that a session's browser shows, for whoever plays the phone. */
export async function pageOf(t: Scope, folder: string): Promise<Page> {
  const port = await waitFor(() => readFileSync(join(folder, 'profile', 'DevToolsActivePort'), 'utf8').split('\n')[0], { what: 'the browser', timeout: 30_000 });
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  defer(t, () => browser.close().catch(() => undefined));
  return waitFor(() => browser.contexts()[0]?.pages().find((p) => p.url().startsWith('https://web.whatsapp.com')), { what: 'the page' });
}

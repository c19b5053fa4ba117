import { decodeId, encodeId, isAppError } from '@centralita/kernel';
import type { Company } from '../../modules/companies/index.ts';
import { deadLetters } from '../../modules/delivery/index.ts';
import { failedWebhooks, replayFailedWebhook, replayUnrouted, unroutedEvents } from '../../modules/intake/index.ts';
import { replayDeadLetter } from '../../modules/operations/index.ts';
import type { Runtime } from '../../runtime.ts';
import { StartError } from '../start-error.ts';
import { chooseCompany, withRuntime } from './open.ts';

export interface ReplayOptions {
  readonly company?: string;
  /** Everything of this kind that was not replayed yet. */
  readonly all?: Kind;
}

/** What may be set aside, with the prefix of its ids. */
export const kinds = { 'failed-webhooks': 'fw', unrouted: 'evt', 'dead-letters': 'dead' } as const;
export type Kind = keyof typeof kinds;

interface Waiting {
  readonly id: string;
  readonly text: string;
}
const PAGE = 100;

/** `centralita replay`: without ids shows what was set aside and can be taken in again; with ids (or --all) does it. */
export async function replay(ids: readonly string[], options: ReplayOptions): Promise<void> {
  await withRuntime(async (rt) => {
    const company = await chooseCompany(rt, options.company);
    if (options.all) await replayAll(rt, company, options.all);
    else if (ids.length > 0) await replayThese(rt, company, ids);
    else await show(rt, company);
  });
}

async function replayAll(rt: Runtime, company: Company, kind: Kind): Promise<void> {
  await replayThese(rt, company, (await waiting(rt, company, kind)).reverse().map((w) => w.id));
}

/** Goes on after one that cannot be replayed; what failed decides the exit code. */
async function replayThese(rt: Runtime, company: Company, ids: readonly string[]): Promise<void> {
  const failed: string[] = [];
  let done = 0;
  for (const id of ids) {
    try {
      if (await replayOne(rt, company, id)) done += 1;
      else process.stdout.write(`${id}  nothing to do: it was replayed before, or its number is not connected yet\n`);
    } catch (error) {
      if (!isAppError(error) && !(error instanceof StartError)) throw error;
      failed.push(`${id}  ${error.message}`);
    }
  }
  process.stdout.write(`Replayed ${done} of ${ids.length}.\n`);
  if (failed.length > 0) throw new StartError(failed.join('\n'));
}

function replayOne(rt: Runtime, company: Company, id: string): Promise<boolean> {
  const [webhook, event, letter] = [decodeId('fw', id), decodeId('evt', id), decodeId('dead', id)];
  if (id.startsWith('fw_') && webhook) return replayFailedWebhook(rt, company.id, webhook);
  if (id.startsWith('evt_') && event) return replayUnrouted(rt, company.id, event);
  if (id.startsWith('dead_') && letter) return rt.db.withCompany(company, (tx) => replayDeadLetter(rt, tx, letter));
  return Promise.reject(new StartError(`is no id of something that was set aside; “centralita replay” lists them`));
}

async function show(rt: Runtime, company: Company): Promise<void> {
  let total = 0;
  for (const kind of Object.keys(kinds) as Kind[]) {
    for (const { id, text } of await waiting(rt, company, kind)) {
      process.stdout.write(`${id}  ${text}\n`);
      total += 1;
    }
  }
  process.stdout.write(total === 0 ? `Nothing of “${company.name}” is set aside.\n` : 'Take one in again with: centralita replay <id>, or all of a kind with --all\n');
}

/** Newest first; what was replayed already is left out. */
async function waiting(rt: Runtime, company: Company, kind: Kind): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for (let before: string | null = null; ;) {
    const rows = await pageOf(rt, company, { kind, before });
    found.push(...rows.filter((r) => !r.done).map(({ id, text }) => ({ id: encodeId(kinds[kind], id), text })));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return found;
    before = last.id;
  }
}

async function pageOf(rt: Runtime, company: Company, { kind, before }: { kind: Kind; before: string | null }): Promise<{ id: string; text: string; done: boolean }[]> {
  const page = { before, limit: PAGE };
  switch (kind) {
    case 'failed-webhooks': return (await failedWebhooks(rt, company.id, page)).map((r) => ({ id: r.id, text: `${r.created_at.toISOString()}  ${r.error_message}`, done: r.replayed_at !== null }));
    case 'unrouted': return (await unroutedEvents(rt, company.id, page)).map((r) => ({ id: r.id, text: `${r.created_at.toISOString()}  ${r.app}  ${r.summary}`, done: false }));
    case 'dead-letters': return (await rt.db.withCompany(company, (tx) => deadLetters(tx, page))).map((r) => ({ id: r.id, text: `${r.created_at.toISOString()}  ${r.kind}: ${r.reason}`, done: r.replayed_at !== null }));
  }
}

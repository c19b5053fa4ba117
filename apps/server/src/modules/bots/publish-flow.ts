import { newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { parseFlow, type FlowProblem } from '@centralita/flow-engine';
import type { Runtime } from '../../runtime.ts';
import { accountById } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { assign, botById, botByName, insertBot, insertRevision, sameRevision, type BotRow } from './store.ts';

export interface Publication {
  /** Of an existing bot, or the name of one that is made when there is none. */
  readonly bot: { readonly id: string } | { readonly name: string };
  /** As written (docs/flows.md); kept as it is. */
  readonly flow: unknown;
}
export interface Published {
  readonly bot_id: string;
  readonly revision_id: string;
  /** 1 for the bot's first. */
  readonly number: number;
  /** False: the bot's current flow is this very one. */
  readonly fresh: boolean;
  readonly warnings: readonly FlowProblem[];
}

const SHOWN = 5;

/**
 * Makes a flow the bot's current revision, which never changes: sessions under way stay with theirs, new ones take this.
 * Throws `bots.flow_refused` (the problems in `extra.problems`), `bots.not_found`, `bots.name_missing`.
 */
export async function publishFlow(_rt: Runtime, tx: Tx, { bot: wanted, flow }: Publication): Promise<Published> {
  const parsed = parseFlow(flow);
  if (!parsed.ok) {
    const wrong = parsed.problems.filter((p) => p.severity === 'error');
    const more = wrong.length > SHOWN ? ` … and ${wrong.length - SHOWN} more` : '';
    throw errors.flow_refused(wrong.slice(0, SHOWN).map((p) => `${p.path}: ${p.text}`).join('; ') + more, { problems: parsed.problems });
  }
  const bot = await found(tx, wanted);
  const same = await sameRevision(tx, bot, flow);
  if (same) return { bot_id: bot.id, revision_id: same.id, number: same.number, fresh: false, warnings: parsed.warnings };
  const id = newUuid();
  const number = await insertRevision(tx, { id, bot_id: bot.id, flow });
  return { bot_id: bot.id, revision_id: id, number, fresh: true, warnings: parsed.warnings };
}

async function found(tx: Tx, wanted: Publication['bot']): Promise<BotRow> {
  if ('id' in wanted) {
    const bot = await botById(tx, wanted.id);
    if (!bot) throw errors.not_found();
    return bot;
  }
  const name = wanted.name.trim();
  if (name === '' || name.length > 120) throw errors.name_missing();
  const known = await botByName(tx, name);
  if (known) return known;
  const bot = { id: newUuid(), name };
  await insertBot(tx, bot);
  return { ...bot, revision_id: null };
}

/**
 * Lets a bot answer on an account, or none (null). Conversations under way stay with whoever holds them.
 * Throws `bots.account_not_found`, `bots.not_found`, `bots.not_published`.
 */
export async function assignBot(rt: Runtime, tx: Tx, accountId: string, botId: string | null): Promise<void> {
  const account = await accountById(rt, accountId);
  if (!account || account.company_id !== tx.company?.id) throw errors.account_not_found();
  if (botId !== null) {
    const bot = await botById(tx, botId);
    if (!bot) throw errors.not_found();
    if (bot.revision_id === null) throw errors.not_published();
  }
  await assign(tx, accountId, botId);
}

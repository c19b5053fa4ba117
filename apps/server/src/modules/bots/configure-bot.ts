import type { BotConfig } from '@centralita/contracts/api';
import { decodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { errors } from './errors.ts';
import { assign, assignedBots, botByName } from './store.ts';
import { configuredBot, insertConfigured, writeConfig, type ConfiguredBot } from './store-config.ts';

/** The uuid of `bot_…` or of itself. Throws `bots.not_found`. */
export function botId(given: string): string {
  const id = decodeId('bot', given.toLowerCase());
  if (id === undefined) throw errors.not_found();
  return id;
}

/** Whether a bot could be made with this id and name. Throws `bots.id_form`, `bots.id_taken`, `bots.name_taken`. */
export async function requireNew(tx: Tx, { bot_id, name }: Pick<BotConfig, 'bot_id' | 'name'>): Promise<string> {
  const id = bot_id === undefined ? newUuid() : decodeId('bot', bot_id.toLowerCase());
  if (id === undefined) throw errors.id_form();
  if (await configuredBot(tx, id)) throw errors.id_taken();
  if (await botByName(tx, name)) throw errors.name_taken(`“${name}”`);
  return id;
}

/** Whether a bot may get this id and name. Throws `bots.not_found`, `bots.id_other`, `bots.name_taken`. */
export async function requireChangeable(tx: Tx, id: string, { bot_id, name }: Pick<BotConfig, 'bot_id' | 'name'>): Promise<void> {
  const before = await configuredBot(tx, id);
  if (!before) throw errors.not_found();
  if (bot_id !== undefined && decodeId('bot', bot_id.toLowerCase()) !== id) throw errors.id_other();
  const other = before.name === name ? undefined : await botByName(tx, name);
  if (other && other.id !== id) throw errors.name_taken(`“${name}”`);
}

/** A bot with this configuration. Throws `bots.id_taken`, `bots.name_taken`. */
export async function createBot(tx: Tx, { bot_id, name, ...config }: BotConfig): Promise<ConfiguredBot> {
  const id = await requireNew(tx, { bot_id, name });
  if (!await insertConfigured(tx, { id, name, config })) throw errors.id_taken();
  return (await configuredBot(tx, id))!;
}

/** Replaces a bot's configuration. Throws `bots.not_found`, `bots.id_other`, `bots.name_taken`. */
export async function changeBot(tx: Tx, id: string, { bot_id, name, ...config }: BotConfig): Promise<ConfiguredBot> {
  await requireChangeable(tx, id, { bot_id, name });
  await writeConfig(tx, { id, name, config });
  return (await configuredBot(tx, id))!;
}

/** Lets a configured bot answer on its line; a bot without a flow takes no line from one that answers. False: it was left as it is. */
export async function claimLine(tx: Tx, bot: Pick<ConfiguredBot, 'id' | 'revision_id'>, accountId: string): Promise<boolean> {
  if (bot.revision_id === null && (await assignedBots(tx, [accountId])).length > 0) return false;
  await assign(tx, accountId, bot.id);
  return true;
}

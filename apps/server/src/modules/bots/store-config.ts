import type { BotConfig } from '@centralita/contracts/api';
import type { Tx } from '@centralita/platform/database';

/** What is kept of a configuration: its id and name are the bot's own. */
export type KeptConfig = Omit<BotConfig, 'bot_id' | 'name'>;
export interface ConfiguredBot {
  readonly id: string;
  readonly name: string;
  readonly revision_id: string | null;
  /** Null: published from the command line, never configured. */
  readonly config: KeptConfig | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  /** Accounts it answers on, or will when it has a flow. */
  readonly accounts: readonly string[];
}
const SELECT = `
  select b.id, b.name, b.revision_id, b.config, b.created_at, b.updated_at, array(select a.account_id from {c}.bot_accounts a where a.bot_id = b.id order by a.account_id) as accounts
    from {c}.bots b`;

export const configuredBots = (tx: Tx): Promise<ConfiguredBot[]> => tx.query(`${SELECT} order by b.created_at, b.id`);
export const configuredBot = async (tx: Tx, id: string): Promise<ConfiguredBot | undefined> => (await tx.query<ConfiguredBot>(`${SELECT} where b.id = $1`, [id]))[0];
/** False: there is a bot with this id. */
export const insertConfigured = async (tx: Tx, bot: { id: string; name: string; config: KeptConfig }): Promise<boolean> =>
  (await tx.query('insert into {c}.bots (id, name, config) values ($1, $2, $3) on conflict (id) do nothing returning id', [bot.id, bot.name, bot.config])).length > 0;
export async function writeConfig(tx: Tx, bot: { id: string; name: string; config: KeptConfig }): Promise<void> {
  await tx.query('update {c}.bots set name = $2, config = $3, updated_at = now() where id = $1', [bot.id, bot.name, bot.config]);
}

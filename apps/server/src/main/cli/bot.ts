import { readFileSync } from 'node:fs';
import { encodeId } from '@centralita/kernel';
import { accountsOfCompany } from '../../modules/accounts/index.ts';
import { assignBot, publishFlow } from '../../modules/bots/index.ts';
import { StartError } from '../start-error.ts';
import { chooseCompany, withRuntime } from './open.ts';

export interface BotOptions {
  readonly company?: string;
  readonly name: string;
  /** Phone number of an account, digits; the bot answers there. */
  readonly account?: string;
}

/** `centralita bot publish`: makes a flow file a bot's current revision, and lets it answer on an account. */
export async function publishBot(file: string, options: BotOptions): Promise<void> {
  const flow = readFlow(file);
  await withRuntime(async (rt) => {
    const company = await chooseCompany(rt, options.company);
    const phone = options.account?.replace(/\D/g, '');
    const account = phone === undefined ? undefined : (await accountsOfCompany(rt, company.id)).find((a) => a.phone === phone);
    if (phone !== undefined && !account) throw new StartError(`The company “${company.name}” has no account with the number ${phone}. See: centralita account list`);
    const published = await rt.db.withCompany(company, async (tx) => {
      const done = await publishFlow(rt, tx, { bot: { name: options.name }, flow });
      if (account) await assignBot(rt, tx, account.id, done.bot_id);
      return done;
    });
    for (const warning of published.warnings) process.stderr.write(`${warning.path}: ${warning.text}\n`);
    const where = account ? `, answers on ${account.phone}` : '';
    process.stdout.write(`Bot “${options.name}” (${encodeId('bot', published.bot_id)}) has ${published.fresh ? 'the new revision' : 'had this flow already, revision'} ${published.number}${where}.\n`);
  });
}

function readFlow(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

import { Command, Option } from 'commander';
import { Role } from '@centralita/contracts';
import { version } from '../version.ts';
import type { MetaOptions } from './account.ts';
import type { BackupChoices } from './backup.ts';
import type { CarrierOptions } from './carrier.ts';
import type { BotOptions } from './bot.ts';
import type { CompanyOptions } from './company.ts';
import type { ReplayOptions } from './replay.ts';

/** The `centralita` command. Each command's code is loaded only when it is asked for: the server carries none of the others. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('centralita').description('A self-hosted switchboard for WhatsApp.').version(version()).showHelpAfterError('(centralita --help shows what there is)');
  serverCommands(program);
  peopleCommands(program);
  dataCommands(program);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    const { explain } = await import('./explain.ts');
    const { text, exitCode } = explain(error);
    process.stderr.write(`${text}\n`);
    process.exit(exitCode);
  }
}

function serverCommands(program: Command): void {
  program.command('start').description('starts the server and stays until Ctrl-C')
    .addOption(new Option('--role <role>', 'everything, or one half of a split installation').choices(['all', 'api', 'worker']).default('all'))
    .action(async ({ role }: { role: 'all' | 'api' | 'worker' }) => {
      const { start } = await import('./start.ts');
      process.exit(await start(role));
    });
  program.command('config').description('prints every setting, where it comes from and what it does').option('--example', 'as .env.example')
    .action(async ({ example }: { example?: boolean }) => {
      const { showConfig, showExample } = await import('./config.ts');
      if (example) showExample();
      else showConfig();
    });
}

function peopleCommands(program: Command): void {
  const company = program.command('company').description('the tenants');
  company.command('create <short-name>').description('makes a company with its own schema and role')
    .option('--name <name>', 'as people read it').option('--timezone <zone>', 'such as America/Santiago').option('--locale <locale>', 'es, pt or en')
    .option('--admin-email <address>', 'also makes an administrator and an API key, shown once')
    .action(async (slug: string, options: CompanyOptions) => (await import('./company.ts')).addCompany(slug, options));
  company.command('list').description('every company').action(async () => (await import('./company.ts')).showCompanies());

  const user = program.command('user').description('people who sign in');
  user.command('add <e-mail>').description('lets somebody sign in; shows a password once').option('--company <short-name>').option('--name <name>')
    .addOption(new Option('--role <role>').choices(Role.options).default('agent')).option('--platform', 'over all companies')
    .action(async (email: string, options: { company?: string; name?: string; role: Role; platform?: boolean }) => (await import('./user.ts')).addUser(email, options));
  user.command('password <e-mail>').description('makes a new password, shown once').action(async (email: string) => (await import('./user.ts')).renewPassword(email));

  const account = program.command('account').description('lines on WhatsApp');
  const add = account.command('add').description('connects a number');
  add.command('meta').description('a number of Meta\'s Cloud API; what is not given is asked for (docs/connect-a-real-number.md)')
    .option('--company <short-name>').option('--name <name>', 'as agents see it; default: the verified name').option('--webhook <name>', 'end of the webhook\'s address')
    .option('--phone-number-id <id>').option('--waba-id <id>')
    .option('--token <token>', 'better in META_ACCESS_TOKEN or typed in').option('--app-secret <secret>', 'better in META_APP_SECRET or typed in')
    .option('--no-subscribe', 'only stores it')
    .action(async (options: MetaOptions) => (await import('./account.ts')).addMeta(options));
  for (const [type, what] of [['official', 'a number of the Cloud API through 360dialog'], ['twilio', 'a WhatsApp sender of Twilio'], ['evolution', 'a phone behind an Evolution API server; made and paired where it is new']] as const) {
    const command = add.command(type).description(`${what}; what is not given is asked for`)
      .option('--company <short-name>').option('--name <name>', 'as agents see it').option('--webhook <name>', 'end of the webhook\'s address')
      .option('--set <field=value...>', `any of the carrier's fields; secrets better in ${type.toUpperCase()}_… or typed in`).option('--no-subscribe', 'only stores it');
    if (type === 'evolution') command.option('--phone <number>', 'a code to type on this phone instead of a picture to scan');
    command.action(async (options: CarrierOptions) => (await import('./carrier.ts')).addCarrier(type, options));
  }
  for (const type of ['baileys', 'wwebjs', 'venom'] as const) {
    add.command(type).description(`a phone linked by a code, as WhatsApp Web${type === 'baileys' ? '' : ', in a browser'}; the running server runs its session`)
      .option('--company <short-name>').option('--name <name>', 'as agents see it').option('--webhook <name>', 'end of the webhook\'s address').option('--set <field=value...>', 'session_name, sandbox=true, or bridge_url and secret of a bridge of your own')
      .option('--phone <number>', 'a code to type on this phone instead of a picture to scan').option('--no-subscribe', 'only stores it')
      .action(async (options: CarrierOptions) => (await import('./web-session.ts')).addWebSession(type, options));
  }
  account.command('list').description('every account with its routes').option('--company <short-name>')
    .action(async ({ company: slug }: { company?: string }) => (await import('./account.ts')).showAccounts(slug));

  program.command('bot').description('who answers by itself')
    .command('publish <flow.json>').description('makes a flow a bot\'s current revision (docs/flows.md)').requiredOption('--name <name>', 'the bot').option('--company <short-name>')
    .option('--account <phone>', 'lets it answer on this number')
    .action(async (file: string, options: BotOptions) => (await import('./bot.ts')).publishBot(file, options));
}

function dataCommands(program: Command): void {
  const migrate = program.command('migrate').description('the database\'s schemas; every start migrates up by itself');
  migrate.command('up').description('to the newest version').action(async () => (await import('./migrate.ts')).up());
  migrate.command('down').description('takes the newest migration back, with its data')
    .addOption(new Option('--scope <scope>').choices(['shared', 'company']).default('company'))
    .action(async ({ scope }: { scope: 'shared' | 'company' }) => (await import('./migrate.ts')).down(scope));

  program.command('replay [id...]').description('what was set aside (unreadable webhooks, unknown numbers, dead letters): shows it, or takes it in again')
    .option('--company <short-name>').addOption(new Option('--all <kind>', 'everything of one kind').choices(['failed-webhooks', 'unrouted', 'dead-letters']))
    .action(async (ids: string[], options: ReplayOptions) => (await import('./replay.ts')).replay(ids, options));
  program.command('backup <folder>').description('a snapshot of database and files in a new folder, while the server works')
    .option('--no-media', 'without stored files').option('--with-key', 'with the encryption key', false)
    .action(async (folder: string, options: BackupChoices) => (await import('./backup.ts')).makeBackup(folder, options));
  program.command('restore <folder>').description('a backup, into an empty database or a new data folder')
    .action(async (folder: string) => (await import('./backup.ts')).restoreBackup(folder));
}

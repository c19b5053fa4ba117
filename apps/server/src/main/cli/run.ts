import { Command, Option } from 'commander';
import { version } from '../version.ts';

/** The `centralita` command. Each command's code is loaded only when it is asked for. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('centralita').description('A self-hosted switchboard for WhatsApp.').version(version()).showHelpAfterError('(centralita --help shows what there is)');

  program.command('start').description('starts the server and stays until Ctrl-C')
    .addOption(new Option('--role <role>', 'all, or one half of a split installation').choices(['all', 'api', 'worker']).default('all'))
    .action(async ({ role }: { role: 'all' | 'api' | 'worker' }) => {
      const { start } = await import('./start.ts');
      process.exit(await start(role));
    });

  program.command('config').description('prints every setting, where it comes from and what it does').action(async () => {
    const { showConfig } = await import('./config.ts');
    showConfig();
  });

  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    const { explain } = await import('./start.ts');
    const { text, exitCode } = explain(error);
    process.stderr.write(`${text}\n`);
    process.exit(exitCode);
  }
}

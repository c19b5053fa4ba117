import { createLog } from '@centralita/platform/log';
import { settleMemory } from '@centralita/platform/settle-memory';
import { forgetFirstRun } from '../first-run.ts';
import { Stack } from '../stack.ts';
import { startServer, Stopped, type Role, type Started } from '../start.ts';
import { readConfig, say } from './settings.ts';

/** After the settings' own time for draining: what is left is cut, PostgreSQL first of all has been stopped by then. */
const MARGIN_MS = 1500;

/** `centralita start`: runs until SIGTERM, SIGINT or the end of its launcher. Answers the exit code. */
export async function start(role: Role): Promise<number> {
  const config = readConfig();
  // On a terminal people read: only what needs their attention, unless they asked for more.
  const quiet = process.stderr.isTTY === true && config.sources.logLevel === 'default';
  const log = createLog(quiet ? 'warn' : config.logLevel, { pid: process.pid, role });
  const asked = new AbortController();
  const ended = new Promise<void>((resolve) => {
    asked.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  listenForTheEnd(asked);
  let exitCode = 0;
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ error }, 'something unforeseen; the server stops, what was acknowledged is safe');
      exitCode = 1;
      asked.abort();
    });
  }
  const stack = new Stack();
  try {
    const started = await startServer({ config, role, log, say, signal: asked.signal }, stack);
    tell(started, role);
    settleMemory();
    await ended;
  } catch (error) {
    if (!(error instanceof Stopped)) {
      await finish({ stack, log, milliseconds: config.shutdownSeconds * 1000 });
      throw error;
    }
  }
  say('Stopping…');
  await finish({ stack, log, milliseconds: config.shutdownSeconds * 1000 });
  say('Stopped.');
  return exitCode;
}

async function finish({ stack, log, milliseconds }: { stack: Stack; log: ReturnType<typeof createLog>; milliseconds: number }): Promise<void> {
  setTimeout(() => process.exit(1), milliseconds + MARGIN_MS).unref();
  await stack.unwind(log, milliseconds);
}

function listenForTheEnd(asked: AbortController): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => asked.abort());
  // The launcher was killed in a way it could not pass on.
  if (process.channel) process.on('disconnect', () => asked.abort());
  // Nobody may be left to read what is said.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function tell({ url, sandboxUrl, firstRun, firstRunFile, recovered, rt }: Started, role: Role): void {
  for (const line of recovered) say(line);
  if (firstRun && process.stderr.isTTY) {
    say(`\nThe first administrator (shown once, keep it):\n  e-mail    ${firstRun.email}\n  password  ${firstRun.password}\n  API key   ${firstRun.api_key}\n`);
    forgetFirstRun(rt);
  } else if (firstRun) {
    say(`The first administrator's e-mail, password and API key are in ${firstRunFile}`);
  }
  if (role === 'worker') {
    say('Centralita works (role worker). Ctrl-C stops it.');
    return;
  }
  say(`Centralita   ${url}`);
  if (sandboxUrl) say(`Sandbox      ${sandboxUrl}   (WhatsApp on your desk)`);
  say('Ctrl-C stops it.');
}

/** `node apps/sandbox/src/main.ts`: starts the sandbox and stays until SIGTERM or SIGINT. */
import type { Sandbox } from './context.ts';
import { buildServer } from './http/server.ts';
import { systemRuntime } from './runtime.ts';
import { openSandbox } from './sandbox.ts';
import { readSettings, SettingsError } from './settings.ts';

/** How long open connections may take to finish on SIGTERM. */
const DRAIN_MS = 1500;
const HOUSEKEEPING_MS = 1000;

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`sandbox: ${message}\n`);
  if (!(error instanceof SettingsError) && error instanceof Error && error.stack !== undefined && !/^(another sandbox|.*newer sandbox|listen EADDRINUSE)/.test(message)) {
    process.stderr.write(`${error.stack}\n`);
  }
  process.exit(1);
}

/** What is beyond the caps is forgotten a little at a time. */
function keepHouse(sandbox: Sandbox): void {
  sandbox.messages.prune();
  sandbox.updates.prune();
  sandbox.media.prune();
  sandbox.web.prune();
}

async function start(): Promise<void> {
  const runtime = systemRuntime();
  const settings = readSettings(runtime.env);
  const sandbox = openSandbox(runtime, settings);
  const app = await buildServer(sandbox);
  await app.listen({ port: settings.port, host: settings.host });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  sandbox.origin = `http://${settings.host}:${port}`;
  sandbox.queue.resume();
  sandbox.ladder.resume();
  sandbox.review.resume();
  await sandbox.web.resume();
  const housekeeping = setInterval(() => keepHouse(sandbox), HOUSEKEEPING_MS);

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    clearInterval(housekeeping);
    sandbox.ladder.stop();
    sandbox.review.stop();
    sandbox.typing.clear();
    sandbox.web.stop();
    // The journal is on disk by then in any case; what hangs on is cut.
    setTimeout(() => {
      sandbox.journal.close();
      process.exit(0);
    }, DRAIN_MS).unref();
    Promise.all([app.close(), sandbox.queue.stop()]).then(() => {
      sandbox.journal.close();
      process.exit(0);
    }, fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The starter may be killed: the sandbox is the witness and goes on, with nobody left to read what it prints.
  process.on('disconnect', () => undefined);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  const news = { listening: true, port };
  process.stdout.write(`${JSON.stringify(news)}\n`);
  if (process.connected) process.send?.(news);
}

start().catch(fail);

import { readFileSync } from 'node:fs';
import { loadConfig } from '@centralita/platform/config';
import { environment } from '@centralita/platform/environment';
import { createLog } from '@centralita/platform/log';
import { startHost } from './start.ts';

// Small buffers are cut from shared slabs, of 64 KB since Node 22, and one that is kept keeps its whole slab: keys and tokens of a hundred
// sessions are thousands of some 32 bytes each, kept for minutes, and held 125 MB (measured) where they take 4.
Buffer.poolSize = 1024;

/** `node apps/bridge/src/main.ts`: a host of web sessions, until SIGTERM, SIGINT, or the end of whoever started it. */
async function main(): Promise<void> {
  const loaded = loadConfig({ env: environment(), cwd: process.cwd() });
  if (!loaded.ok) return fail(loaded.problems);
  const { config } = loaded;
  const log = createLog(config.logLevel, { host: `bridge ${config.bridgeEngine}` });
  for (const warning of loaded.warnings) log.warn(warning);
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  const running = await startHost(config, log, version).catch((error: Error) => fail([error.message]));
  for (const warning of running.host.engine.warnings) log.warn(warning);
  log.info({ id: running.host.id, address: running.url, sandbox: running.host.sandbox, capacity: running.host.capacity }, 'host of web sessions is up');
  const news = { listening: true, url: running.url, id: running.host.id };
  process.stdout.write(`${JSON.stringify(news)}\n`);
  if (process.connected) process.send?.(news);

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    // What hangs on is cut: its lease expires by itself.
    setTimeout(() => process.exit(1), config.shutdownSeconds * 1000).unref();
    running.stop().then(() => process.exit(0), (error: Error) => {
      log.error({ error }, 'the host did not stop as it should');
      process.exit(1);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by a server that is gone: another one takes its sessions.
  process.on('disconnect', stop);
  // One session's mishap inside a library must not end the others.
  process.on('unhandledRejection', (error) => log.error({ error }, 'a library left a failure unhandled'));
  process.on('uncaughtException', (error) => log.error({ error }, 'a library threw where nobody could catch it'));
}

function fail(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`bridge: ${problem}\n`);
  process.exit(2);
}

void main();

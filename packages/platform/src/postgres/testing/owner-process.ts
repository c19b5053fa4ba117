import { startEmbedded } from '../embedded.ts';

/** A process that owns a data folder, for tests that kill it: one line of JSON when ready, another for every unasked exit; SIGTERM stops it. */
const dataDir = process.argv[2] ?? '';
const say = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};
const tell = (message: string): void => {
  process.stderr.write(`${message}\n`);
};

try {
  const embedded = await startEmbedded({ dataDir, log: { info: tell, warn: tell, error: tell } });
  embedded.onExit((exit) => say({ exit }));
  process.on('SIGTERM', () => {
    void embedded.stop().then(() => process.exit(0));
  });
  const { url, pid, adopted, recovered, socketDir } = embedded;
  say({ url, pid, adopted, recovered, socketDir, uid: process.getuid?.() });
  setInterval(() => undefined, 60_000);
} catch (error) {
  say({ failed: (error as Error).message, code: (error as { code?: string }).code });
  process.exitCode = 1;
}

// npm run cli -- …: the centralita command under Node 24, after installing what is missing.
import './lib/version.mjs';

async function run() {
  const { launch, main } = await import('./lib/launch.mjs');
  const { ensureInstalled } = await import('./lib/install.mjs');
  await main(async () => {
    await ensureInstalled();
    launch('apps/server/src/main/cli.ts', process.argv.slice(2));
  });
}

void run();

// npm start: installs and builds what is missing, then runs the server (apps/server) under Node 24.
import './lib/version.mjs';

async function start() {
  const { launch, main } = await import('./lib/launch.mjs');
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { ensureWebBuilt } = await import('./lib/web.mjs');
  await main(async () => {
    await ensureInstalled();
    await ensureWebBuilt();
    launch('apps/server/src/main/cli.ts', ['start', ...process.argv.slice(2)], { ownGroup: true });
  });
}

void start();

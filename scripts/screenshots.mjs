// npm run screenshots: makes the pictures of docs/images anew, from the program itself in Debian's Chromium.
import './lib/version.mjs';

async function screenshots() {
  const { launch, main } = await import('./lib/launch.mjs');
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { ensureTools } = await import('./lib/tools.mjs');
  const { ensureWebBuilt } = await import('./lib/web.mjs');
  await main(async () => {
    await ensureInstalled();
    ensureTools();
    await ensureWebBuilt();
    launch('test/screenshots/take.ts', process.argv.slice(2));
  });
}

void screenshots();

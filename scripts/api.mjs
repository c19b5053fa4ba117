// npm run api: makes what is made from the descriptions of the API: the SDK's types and the page of problems.
import './lib/version.mjs';

async function api() {
  const { main } = await import('./lib/launch.mjs');
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { findNode, root } = await import('./lib/paths.mjs');
  const { spawnSync } = await import('node:child_process');
  await main(async () => {
    await ensureInstalled();
    process.exitCode = spawnSync(findNode(), ['--disable-warning=ExperimentalWarning', `${root}/test/api/write.ts`], { stdio: 'inherit' }).status ?? 1;
  });
}

void api();

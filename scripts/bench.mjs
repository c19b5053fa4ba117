// npm run bench [-- name…]: the figures of bench/, each beside its ceiling; results in bench/results.
import './lib/version.mjs';

async function bench() {
  const { main } = await import('./lib/launch.mjs');
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { findNode, root } = await import('./lib/paths.mjs');
  const { ensureWebBuilt } = await import('./lib/web.mjs');
  const { readdirSync } = await import('node:fs');
  const { spawnSync } = await import('node:child_process');
  const wanted = process.argv.slice(2);
  await main(async () => {
    await ensureInstalled();
    await ensureWebBuilt();
    const all = readdirSync(`${root}/bench`).filter((f) => f.endsWith('.bench.ts')).map((f) => f.slice(0, -'.bench.ts'.length));
    const unknown = wanted.filter((name) => !all.includes(name));
    if (unknown.length > 0) throw new Error(`There is no bench called ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
    for (const name of wanted.length > 0 ? wanted : all) {
      const { status } = spawnSync(findNode(), ['--disable-warning=ExperimentalWarning', `${root}/bench/${name}.bench.ts`], { stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
    }
  });
}

void bench();

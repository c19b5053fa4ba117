// npm test: everything that must hold, on a fresh clone too. npm test -- path… runs only the test files there.
import './lib/version.mjs';

async function test() {
  const { main } = await import('./lib/launch.mjs');
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { runChecks, runTests } = await import('./lib/checks.mjs');
  const { say } = await import('./lib/paths.mjs');
  const { ensureTools } = await import('./lib/tools.mjs');
  const { ensureWebBuilt } = await import('./lib/web.mjs');
  const paths = process.argv.slice(2);
  await main(async () => {
    await ensureInstalled();
    ensureTools();
    const failed = paths.length === 0 ? await runChecks() : [];
    // A broken page is one failed check; the tests still tell about the rest.
    await ensureWebBuilt().catch((error) => {
      say(error.message);
      failed.push('web build');
    });
    const code = await runTests(paths);
    if (failed.length > 0) process.stderr.write(`✖ failed before the tests: ${failed.join(', ')}\n`);
    process.exitCode = failed.length > 0 ? 1 : code;
  });
}

void test();

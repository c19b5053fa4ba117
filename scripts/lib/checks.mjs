import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { findNode, root, say } from './paths.mjs';

/** What is checked before the tests. Each is a command under Node 24; a missing project of a folder that is not there yet is left out. */
function checks() {
  const tsc = 'node_modules/typescript/bin/tsc';
  const projects = ['tsconfig.json', 'apps/web/tsconfig.json', 'apps/sandbox/src/page/tsconfig.json'].filter((file) => existsSync(join(root, file)));
  return [
    ...projects.map((project) => ({ name: `types (${project})`, args: [tsc, '--noEmit', '-p', project] })),
    { name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
    { name: 'structure', args: ['scripts/check-structure.ts'] },
  ];
}

/** Runs them all, two at a time, a line each; the output only of those that fail. Gives the names of those. */
export async function runChecks() {
  const queue = checks();
  const failed = [];
  await Promise.all([1, 2].map(async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const begun = Date.now();
      const { code, output } = await run(check.args);
      say(`${code === 0 ? '✔' : '✖'} ${check.name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
      if (code === 0) continue;
      say(output);
      failed.push(check.name);
    }
  }));
  return failed;
}

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(findNode(), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The test files, with node's own output. Ctrl-C lets the runner clean up. */
export function runTests(paths) {
  return new Promise((resolve) => {
    const child = spawn(findNode(), ['--disable-warning=ExperimentalWarning', 'test/harness/run.ts', ...paths], { cwd: root, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
      });
    }
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 1)));
  });
}

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { findNode, Problem, root, say } from './paths.mjs';

/**
 * Runs one of our TypeScript programs under Node 24 and ends with its exit code. Signals are passed on. The program has an IPC channel:
 * when this process dies in a way it cannot pass on (kill -9), the channel closes and the program can stop by itself.
 *
 * `ownGroup`: the program gets a process group of its own, so that Ctrl-C reaches it once, through us; not for programs that ask questions,
 * since only the terminal's own group may read from it.
 */
export function launch(script, args, { ownGroup = false } = {}) {
  const child = spawn(findNode(), ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
    cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: ownGroup,
  });
  child.once('error', (error) => {
    say(`Node cannot be started: ${error.message}`);
    process.exit(1);
  });
  passOn(child, ownGroup);
  followNpm(child);
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}

function passOn(child, ownGroup) {
  const sent = new Set();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Without a group of its own the program has got the terminal's Ctrl-C already.
      if (signal === 'SIGINT' && !ownGroup && process.stdin.isTTY) return;
      // A closed terminal is a wish to stop like any other.
      const wanted = signal === 'SIGHUP' ? 'SIGTERM' : signal;
      if (sent.has(wanted)) return;
      sent.add(wanted);
      child.kill(wanted);
    });
  }
}

/**
 * npm runs us through a shell that does not pass SIGTERM on: it dies, npm dies, and we are left over without a signal. So we look whether
 * both are still there. Only below npm: started otherwise, whoever started us may go.
 */
function followNpm(child) {
  if (!process.env.npm_lifecycle_event || process.platform !== 'linux') return;
  const timer = setInterval(() => {
    if (ancestors() === begunBy) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, 300);
  timer.unref();
}

/** As it was at the beginning: an install takes its time, and npm may be told to end meanwhile. */
const begunBy = ancestors();

/** The shell's pid and npm's. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return 'gone';
  }
}

/** Runs a script's steps; a Problem is printed as it is. */
export async function main(steps) {
  try {
    await steps();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message);
    process.exit(1);
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** Processes of this machine as /proc shows them; none where there is no /proc. */
function processes(): Process[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const stat = read(`/proc/${name}/stat`);
    // The name in parentheses may hold anything; the numbers follow the last one.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    // One that ended and was not waited for yet holds nothing.
    return fields && fields[0] !== 'Z' ? [{ pid: Number(name), parent: Number(fields[1]), group: Number(fields[2]) }] : [];
  });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile, or is somebody else's.
    return undefined;
  }
}

/** Bytes that a process and all its descendants hold, shared pages counted once (PSS); undefined where that cannot be read. */
export function treeMemory(root: number): number | undefined {
  const all = processes();
  const tree = new Set([root]);
  for (let grew = true; grew;) {
    const before = tree.size;
    for (const p of all) if (tree.has(p.parent)) tree.add(p.pid);
    grew = tree.size > before;
  }
  let kilobytes = 0;
  for (const pid of tree) {
    const pss = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1];
    kilobytes += Number(pss ?? 0);
  }
  return kilobytes > 0 ? kilobytes * 1024 : undefined;
}

/**
 * Ends browsers that still use a profile, before another is started with it: those of a host that was killed keep running, and keep the
 * login in use. A browser is known by `--user-data-dir=<profile>` among its arguments. Resolves when they are gone; answers how many.
 */
export async function endStrays(profile: string): Promise<number> {
  const argument = `--user-data-dir=${profile}`;
  const using = processes().filter((p) => (read(`/proc/${p.pid}/cmdline`) ?? '').split('\0').includes(argument));
  return endGroups(new Set(using.map((p) => p.group)));
}

/** Ends what is left of a browser of our own, by the process it was started as; never one that somebody else started with its profile since. */
export async function endBrowser(pid: number | undefined): Promise<void> {
  if (pid !== undefined) await endGroups(new Set([pid]));
}

async function endGroups(all: ReadonlySet<number>): Promise<number> {
  // Never our own group: a browser that was not started in one of its own would take this host with it.
  const groups = new Set([...all].filter((group) => group > 1 && group !== ownGroup()));
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // Ended meanwhile.
    }
  }
  // The next browser refuses a profile whose last one is still dying.
  for (let look = 0; look < 100 && processes().some((p) => groups.has(p.group)); look++) await sleep(50);
  return groups.size;
}
const ownGroup = (): number => processes().find((p) => p.pid === process.pid)?.group ?? -1;

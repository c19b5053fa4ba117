import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Linux only, as the embedded binaries are: /proc tells what a process id now stands for. */

/** True when the process exists and is more than a zombie (in a container nobody may collect those). */
export function isAlive(pid: number): boolean {
  const state = stat(pid)?.state;
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Start time of a process in clock ticks since boot: together with the id it names one process (until reboot). */
export function startTicks(pid: number): string | undefined {
  return stat(pid)?.start;
}

/** The arguments of a process; empty when it is gone. */
export function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

/** PostgreSQL's processes of one cluster: the postmaster and its children all work in its folder (as may somebody's shell). */
export function postgresProcessesIn(cluster: string): number[] {
  return readdirSync('/proc').map(Number).filter((pid) => Number.isInteger(pid) && pid > 1 && workingFolder(pid) === cluster && isPostgres(pid));
}

function isPostgres(pid: number): boolean {
  const [name = ''] = commandLine(pid);
  return name.startsWith('postgres:') || name.endsWith('/postgres');
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function stat(pid: number): { state: string; start: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in parentheses and may itself hold spaces and parentheses.
    const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: rest[0] ?? '', start: rest[19] ?? '' };
  } catch {
    return undefined;
  }
}

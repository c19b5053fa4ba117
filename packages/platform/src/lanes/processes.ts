import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Database } from '../database.ts';

export interface ProcessInfo {
  readonly id: string;
  readonly role: string;
  readonly version: string;
}

/** `<boot id>:<start time in ticks>` of a live process, undefined when there is none: pids are reused, this is not. */
function startedMark(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold spaces and brackets; fields are counted after its closing bracket. Start time is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${boot}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Enters this process into the list of those that may hold leases. */
export async function registerProcess(db: Database, info: ProcessInfo): Promise<void> {
  await db.query('insert into {s}.processes (id, host, pid, pid_started, role, version) values ($1, $2, $3, $4, $5, $6)',
    [info.id, hostname(), process.pid, startedMark(process.pid) ?? 'unknown', info.role, info.version]);
}

/** Frees the leases of processes of this host that are no longer there; answers how many processes and leases that were. */
export async function freeDeadProcesses(db: Database): Promise<{ processes: number; leases: number }> {
  const rows = await db.query<{ id: string; pid: number; pid_started: string }>('select id, pid, pid_started from {s}.processes where host = $1', [hostname()]);
  const dead = rows.filter((r) => startedMark(r.pid) !== r.pid_started).map((r) => r.id);
  // Rows of other hosts that were not seen for a day are history.
  await db.query("delete from {s}.processes where seen_at < now() - interval '1 day'");
  if (dead.length === 0) return { processes: 0, leases: 0 };
  const freed = await db.query<{ key: string }>('update {s}.lanes set owner = null, lease_until = null where owner = any($1) returning key', [dead]);
  await db.query('delete from {s}.processes where id = any($1)', [dead]);
  return { processes: dead.length, leases: freed.length };
}

/** The product as a user starts it, and what a bench needs around it. */
import { createHmac } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenRuntime } from '../apps/server/src/main/create-runtime.ts';
import { freePort } from '../test/harness/processes.ts';
import { addNumbers, openSecondHand, type SandboxNumber } from '../test/harness/second-hand.ts';

export const root = resolve(import.meta.dirname, '..');

export interface Product {
  readonly url: string;
  readonly sandbox: string;
  readonly pid: number;
  readonly folder: string;
  /** A second hand on the same database, to set things up and to look. */
  readonly open: OpenRuntime;
  readonly numbers: readonly SandboxNumber[];
  stop(): Promise<void>;
}
export interface ProductOptions {
  /** Numbers of the bench company, all without a limit. Default 1. */
  readonly numbers?: number;
  /** A flow that answers on all of them. */
  readonly bot?: unknown;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts server, PostgreSQL and sandbox with a data folder on disk and every promise kept: fsync on, commits synchronous. */
export async function startProduct({ numbers = 1, bot, env = {} }: ProductOptions = {}): Promise<Product> {
  const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'centralita-bench-'));
  const data = join(folder, 'data');
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const given = {
    CENTRALITA_DATA: data, PORT: String(port), SANDBOX_PORT: String(sandboxPort), CENTRALITA_DEMO: 'off', CENTRALITA_SANDBOX: 'on', LOG_LEVEL: process.env['BENCH_LOG'] ?? 'warn',
    META_GRAPH_URL: `http://127.0.0.1:${sandboxPort}`, ...env,
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...(process.env['BENCH_NODE_ARGS']?.split(' ') ?? []), join(root, 'apps/server/src/main/cli.ts'), 'start'], {
    cwd: folder, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...given },
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  await answers(`${url}/health/ready`, child);
  await answers(`${sandbox}/health`, child);
  const open = await openSecondHand(data, given);
  const set = (await addNumbers(open, { url, sandbox, count: numbers, bot })).numbers;
  return {
    url, sandbox, folder, pid: child.pid!, open, numbers: set,
    async stop() {
      await open.close();
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (child.exitCode !== null) throw new Error('the product ended before it was ready');
    const ok = await fetch(url).then((r) => r.ok, () => false);
    if (ok) return;
    await sleep(100);
  }
  throw new Error(`${url} did not answer within a minute`);
}

/** Milliseconds of CPU and bytes of memory of a process, by the kernel. */
export function usage(pid: number): { cpuMs: number; rss: number } {
  const fields = statOf(pid) ?? [];
  const rss = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  return { cpuMs: sumOf(fields, [11, 12]) * 10, rss };
}

/** Milliseconds of CPU of the product's PostgreSQL, all of its processes, by the kernel: those that ended too. */
export function databaseCpu(folder: string): number {
  const postmaster = Number(readFileSync(join(folder, 'data/postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)) {
    const fields = statOf(pid);
    if (fields && (pid === postmaster || Number(fields[1]) === postmaster)) ticks += sumOf(fields, pid === postmaster ? [11, 12, 13, 14] : [11, 12]);
  }
  return ticks * 10;
}
const sumOf = (fields: readonly string[], places: readonly number[]): number => places.reduce((n, at) => n + Number(fields[at]), 0);
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

export const sign = (raw: string, secret: string): string => `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
export const round = (n: number, digits = 1): number => Number(n.toFixed(digits));

/** A figure, the ceiling it was measured beside, and what it has to reach. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ceiling?: number;
  readonly goal?: string;
  readonly reached?: boolean;
}
/** Writes `bench/results/<name>.json` and prints the table. */
export function report(name: string, figures: readonly Figure[], more: Readonly<Record<string, unknown>> = {}): void {
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`;
  writeFileSync(join(root, `bench/results/${name}.json`), `${JSON.stringify({ name, machine, node: process.version, figures, ...more }, undefined, 2)}\n`);
  process.stdout.write(`\n${name}\n`);
  const rows = figures.map((f) => [f.name, `${f.value} ${f.unit}`, f.ceiling === undefined ? '' : `${f.ceiling} ${f.unit}`, f.ceiling ? `${round((f.value / f.ceiling) * 100)} %` : '', f.goal ?? '', f.reached === undefined ? '' : f.reached ? 'yes' : 'NO']);
  const head = ['', 'measured', 'ceiling', 'of it', 'goal', 'reached'];
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]!.length)));
  for (const row of [head, ...rows]) process.stdout.write(`  ${row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')}\n`.replace(/\s+$/, '\n'));
}

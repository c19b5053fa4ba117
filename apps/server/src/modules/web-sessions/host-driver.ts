import { spawn, type ChildProcess } from 'node:child_process';
import { hostname } from 'node:os';
import { createInterface } from 'node:readline';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineName } from '@centralita/contracts/bridge';
import { environment } from '@centralita/platform/environment';
import { loadEncryptionKey } from '@centralita/platform/encryption-key';
import type { Logger } from '@centralita/platform/log';
import type { Runtime } from '../../runtime.ts';
import { bridgeSecret } from './call-host.ts';

/** One kind of host: an engine, and the sandbox or WhatsApp. */
export interface HostKind {
  readonly engine: EngineName;
  /** Where the sandbox speaks WhatsApp Web; absent: WhatsApp itself. */
  readonly sandbox?: SandboxAccess;
}
/** As `GET /sandbox/whatsapp-web` tells it. */
export interface SandboxAccess {
  readonly url: string;
  readonly root_key: string;
  readonly ca_pem?: string;
}

/** Starts hosts of web sessions somewhere: as child processes here, as containers elsewhere. */
export interface HostDriver {
  /** Resolves when it runs, or rejects with the reason in words. It enters the list of hosts by itself. */
  start(kind: HostKind): Promise<RunningHost>;
}
export interface RunningHost {
  /** As in the list of hosts. */
  readonly hostname: string;
  readonly pid: number;
  /** Resolves when its process is gone; with a reason when nobody asked for it. */
  readonly ended: Promise<string>;
  /** It gives its sessions away and ends; cut off after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
}

const MAIN = join(import.meta.dirname, '../../../../bridge/src/main.ts');
const READY_MS = 30_000;
/** What a host may know of our environment, apart from what it is given below. */
const PASSED = /^(?:BRIDGE_|PATH$|HOME$|TZ$|TMPDIR$|LANG$|LC_|PUPPETEER_|CHROME|NODE_EXTRA_CA_CERTS$|HTTPS?_PROXY$|NO_PROXY$)/;

/** Hosts as child processes of this server: secrets by environment, a free port, ended with it. */
export function childDriver(rt: Runtime): HostDriver {
  return { start: (kind) => launch(rt, kind) };
}

function environmentOf(rt: Runtime, { engine, sandbox }: HostKind): Record<string, string> {
  const { config } = rt;
  const passed = Object.fromEntries(Object.entries(environment()).filter((entry): entry is [string, string] => entry[1] !== undefined && PASSED.test(entry[0])));
  // Of a host that somebody runs by hand beside us.
  for (const name of ['BRIDGE_PORT', 'BRIDGE_URL', 'BRIDGE_HOST', 'BRIDGE_WHATSAPP_URL', 'BRIDGE_WHATSAPP_ROOT']) if (sandbox || !name.includes('WHATSAPP')) delete passed[name];
  return {
    ...passed, BRIDGE_ENGINE: engine, BRIDGE_PORT: '0', BRIDGE_SECRET: bridgeSecret(rt),
    DATABASE_URL: rt.databaseUrl, CENTRALITA_DATA: config.data, CENTRALITA_ENCRYPTION_KEY: loadEncryptionKey(config).bytes.toString('base64'),
    CARRIER_TIMEOUT_SECONDS: String(config.carrierTimeoutSeconds), LEASE_SECONDS: String(config.leaseSeconds), LEASE_HEARTBEAT_SECONDS: String(config.leaseHeartbeatSeconds), LOG_LEVEL: config.logLevel, SHUTDOWN_SECONDS: String(config.shutdownSeconds),
    CALL_HTTP_ALLOW: config.callHttpAllow.join(','), MEDIA_MAX_MB: String(config.mediaMaxMb),
    ...(sandbox && { BRIDGE_WHATSAPP_URL: sandbox.url, BRIDGE_WHATSAPP_ROOT: sandbox.root_key, ...trusted(config.data, sandbox) }),
  };
}

/** The sandbox's certificates are its own: only its hosts believe them. */
function trusted(data: string, { ca_pem }: SandboxAccess): Record<string, string> {
  if (ca_pem === undefined) return {};
  const folder = join(data, 'web-sessions');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'sandbox-ca.pem');
  writeFileSync(file, ca_pem, { mode: 0o600 });
  return { NODE_EXTRA_CA_CERTS: file };
}

function launch(rt: Runtime, kind: HostKind): Promise<RunningHost> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    cwd: rt.config.data, env: environmentOf(rt, kind),
    // A group of its own: Ctrl-C is for the server, which ends its hosts. They end by themselves when the channel closes.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true,
  });
  const log = rt.log.child({ host_pid: child.pid });
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => {
      if (!passOn(log, line) && line.trim() !== '') last = line.trim().slice(0, 500);
    });
  }
  let asked = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(asked ? '' : `${signal ?? `code ${code}`} ${last}`.trim()));
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      asked = true;
      child.kill('SIGKILL');
      reject(new Error('a host of web sessions does not start within 30 s'));
    }, READY_MS);
    void ended.then((reason) => {
      clearTimeout(timer);
      reject(new Error(`a host of web sessions does not start: ${reason}`));
    });
    child.once('message', () => {
      clearTimeout(timer);
      resolve({ hostname: hostname(), pid: child.pid!, ended, stop: (patienceMs) => {
        asked = true;
        return end(child, ended, patienceMs);
      } });
    });
  });
}

async function end(child: ChildProcess, ended: Promise<string>, patienceMs: number): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended.finally(() => clearTimeout(timer));
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
/** What a host logs stands in our log too. False: it is no line of a log, such as the last words of a process that dies. */
function passOn(log: Logger, line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    const { level, time: _time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
    const known = LEVELS.find((l) => l === level);
    if (known !== undefined) log[known](fields, typeof msg === 'string' ? msg : '');
    // Its first word to who started it by hand is a line of JSON as well.
    return known !== undefined || fields['listening'] === true;
  } catch {
    return false;
  }
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { fields, type Field } from './config/fields.ts';

type Fields = typeof fields;
type Value<F> = F extends Field<infer S> ? (F extends { fallback: string } ? z.output<S> : z.output<S> | undefined) : never;
type Raw = { readonly [K in keyof Fields]: Value<Fields[K]> };

/** Every setting, validated. Durations carry their unit in the name; `data` is an absolute path. */
export interface Config extends Omit<Raw, 'publicUrl' | 'demo' | 'sandbox'> {
  readonly publicUrl: string;
  readonly demo: boolean;
  readonly sandbox: boolean;
  /** No DATABASE_URL: the server brings its own PostgreSQL in the data folder. */
  readonly embedded: boolean;
  /** Where each setting came from, for `describeConfig`. */
  readonly sources: Readonly<Record<keyof Fields, ConfigSource>>;
}

export type ConfigSource = 'environment' | '.env' | 'default';
export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] };

export interface ConfigInput {
  /** The real environment (`process.env`); it wins over the file. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder whose `.env` is read and against which relative paths are resolved. */
  readonly cwd: string;
}

/**
 * Reads and checks every setting. Problems are single lines that name the variable, its value (unless secret)
 * and what is expected; they are meant to be printed as they are before the process ends with code 2.
 * An empty variable counts as absent (what `PORT=` in a compose file means).
 */
export function loadConfig({ env, cwd }: ConfigInput): ConfigResult {
  const file = readDotenv(cwd);
  if (!file.ok) return { ok: false, problems: [file.problem] };
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  const sources: Record<string, ConfigSource> = {};
  for (const [name, field] of entries()) {
    const own = env[field.env]?.trim();
    const filed = file.values[field.env]?.trim();
    sources[name] = own ? 'environment' : filed ? '.env' : 'default';
    const text = own || filed || field.fallback;
    if (text === undefined) continue;
    const parsed = field.schema.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else problems.push(problemLine(field, text, parsed.error.issues[0]?.message ?? 'valid'));
  }
  if (problems.length > 0) return { ok: false, problems };
  const config = complete(values as unknown as Raw, { cwd, sources: sources as Config['sources'] });
  const conflicts = findConflicts(config);
  if (conflicts.length > 0) return { ok: false, problems: conflicts };
  return { ok: true, config, warnings: unknownNames({ ...file.values, ...env }) };
}

export interface ConfigLine {
  readonly env: string;
  /** As shown to people; secrets are masked. */
  readonly value: string;
  readonly source: ConfigSource;
  readonly help: string;
  readonly secret: boolean;
}

/** One line per setting in a fixed order, for `centralita config`. Holds no secret. */
export function describeConfig(config: Config): readonly ConfigLine[] {
  return entries().map(([name, field]) => ({
    env: field.env,
    value: show(field, config[name]),
    source: config.sources[name],
    help: field.otherwise === undefined ? field.help : `${field.help} Otherwise: ${field.otherwise}.`,
    secret: field.secret === true,
  }));
}

/** The settings' names, defaults and help without any value, for documents and `.env.example`. `fallback` is empty where there is no fixed default. */
export function listSettings(): readonly { readonly env: string; readonly help: string; readonly fallback: string; readonly secret: boolean }[] {
  return entries().map(([, field]) => ({
    env: field.env, fallback: field.fallback ?? '', secret: field.secret === true,
    help: field.otherwise === undefined ? field.help : `${field.help} Otherwise: ${field.otherwise}.`,
  }));
}

function entries(): [keyof Fields, Field][] {
  return Object.entries(fields) as [keyof Fields, Field][];
}

function readDotenv(cwd: string): { ok: true; values: Record<string, string | undefined> } | { ok: false; problem: string } {
  const path = resolve(cwd, '.env');
  try {
    return { ok: true, values: parseEnv(readFileSync(path, 'utf8')) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // A folder of that name is somebody's Python environment, not our settings.
    if (code === 'ENOENT' || code === 'EISDIR') return { ok: true, values: {} };
    return { ok: false, problem: `${path} cannot be read (${code ?? 'unknown reason'}): make it readable or remove it` };
  }
}

function problemLine(field: Field, text: string, expected: string): string {
  const shown = field.secret ? 'the value given (not shown)' : JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
  return `${field.env}: ${shown} is wrong, it must be ${expected}`;
}

function complete(raw: Raw, { cwd, sources }: { cwd: string; sources: Config['sources'] }): Config {
  const embedded = raw.databaseUrl === undefined;
  return {
    ...raw,
    data: resolve(cwd, raw.data),
    publicUrl: raw.publicUrl ?? `http://${reachable(raw.host)}:${raw.port}`,
    embedded,
    demo: raw.demo ?? embedded,
    sandbox: raw.sandbox ?? embedded,
    sources,
  };
}

/** The address one types into a browser for a server that listens on `host`. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function findConflicts(config: Config): string[] {
  const problems: string[] = [];
  if (config.leaseHeartbeatSeconds * 2 > config.leaseSeconds) {
    problems.push(`LEASE_HEARTBEAT_SECONDS: "${config.leaseHeartbeatSeconds}" is wrong, it must be at most half of LEASE_SECONDS (${config.leaseSeconds})`);
  }
  if (config.carrierTimeoutSeconds >= config.leaseSeconds) {
    problems.push(`CARRIER_TIMEOUT_SECONDS: "${config.carrierTimeoutSeconds}" is wrong, it must be less than LEASE_SECONDS (${config.leaseSeconds})`);
  }
  if (config.retryFirstSeconds > config.retryMaxSeconds) {
    problems.push(`RETRY_FIRST_SECONDS: "${config.retryFirstSeconds}" is wrong, it must be at most RETRY_MAX_SECONDS (${config.retryMaxSeconds})`);
  }
  if (config.sandbox && config.port !== 0 && config.port === config.sandboxPort) {
    problems.push(`SANDBOX_PORT: "${config.sandboxPort}" is wrong, it must differ from PORT`);
  }
  return problems;
}

/** A misspelt CENTRALITA_… name would otherwise be silently ignored. */
function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(entries().map(([, field]) => field.env));
  return Object.keys(env)
    .filter((name) => name.startsWith('CENTRALITA_') && !known.has(name) && !name.startsWith('CENTRALITA_TEST_'))
    .sort()
    .map((name) => `${name} is not a setting of Centralita and is ignored`);
}

function show(field: Field, value: unknown): string {
  if (value === undefined) return '';
  if (field.env === 'DATABASE_URL' || field.env === 'AMQP_URL') return maskUrl(String(value));
  if (field.secret) return '********';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return Array.isArray(value) ? value.join(',') : String(value);
}

function maskUrl(text: string): string {
  const url = new URL(text);
  if (url.password) url.password = '********';
  for (const name of url.searchParams.keys()) if (/pass|secret|key/i.test(name)) url.searchParams.set(name, '********');
  return url.toString();
}

/** Settings: what is fixed at the start, and what may be changed while it runs. */
import { resolve } from 'node:path';

export interface StartSettings {
  readonly port: number;
  readonly host: '127.0.0.1';
  readonly dataDir: string;
  /** Messages kept on disk; older ones are forgotten, so that a soak of hours does not fill it. */
  readonly keepMessages: number;
  readonly keepDeliveries: number;
  readonly tunables: Tunables;
}

/** What happens to free text outside the 24-hour window. `async`: HTTP 200, then status failed 131047 (Meta). */
export type WindowRule = 'async' | 'sync' | 'off';

/** Changeable at runtime (`PATCH /sandbox/settings`) and remembered over restarts. All times in milliseconds. */
export interface Tunables {
  /** Waits between attempts of a webhook; the last one repeats until the update is 7 days old. */
  retry_schedule: number[];
  /** Time from acceptance to each status. */
  status_delays: { sent: number; delivered: number; read: number };
  window: WindowRule;
  /** Connections in flight per app. */
  webhook_concurrency: number;
  /** Most updates put into one POST. 1: each alone. */
  webhook_batch: number;
  webhook_timeout: number;
  /** `phone`: the updates of one phone arrive one after the other, in the order they happened. */
  webhook_order: 'phone' | 'none';
  /** How long a new template stays PENDING. 0: approved at once. */
  template_review: number;
}

export const DEFAULT_TUNABLES: Tunables = {
  retry_schedule: [1000, 5000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000],
  status_delays: { sent: 50, delivered: 150, read: 400 },
  window: 'async',
  webhook_concurrency: 32,
  webhook_batch: 1,
  webhook_timeout: 10_000,
  webhook_order: 'phone',
  template_review: 0,
};

export class SettingsError extends Error {}

type Env = Readonly<Record<string, string | undefined>>;

function integer(env: Env, name: string, rule: { fallback: number; min: number; max: number }): number {
  const given = env[name];
  if (given === undefined || given === '') return rule.fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < rule.min || value > rule.max) {
    throw new SettingsError(`${name}: "${given}" is wrong, give a whole number from ${rule.min} to ${rule.max}`);
  }
  return value;
}

function list(env: Env, name: string, fallback: number[]): number[] {
  const given = env[name];
  if (given === undefined || given === '') return fallback;
  const values = given.split(',').map((part) => Number(part.trim()));
  if (values.some((value) => !Number.isInteger(value) || value < 0 || value > 604_800_000)) {
    throw new SettingsError(`${name}: "${given}" is wrong, give milliseconds separated by commas, like 1000,5000,30000`);
  }
  return values;
}

/** Throws SettingsError with one line that names the setting, its value and what it should be. */
export function readSettings(env: Env): StartSettings {
  const host = env['SANDBOX_HOST'];
  if (host !== undefined && host !== '' && host !== '127.0.0.1') {
    throw new SettingsError(`SANDBOX_HOST: "${host}" is wrong, the sandbox hands out its secrets and listens on 127.0.0.1 only`);
  }
  const delays = list(env, 'SANDBOX_STATUS_DELAYS', Object.values(DEFAULT_TUNABLES.status_delays));
  const [sent, delivered, read] = delays;
  if (delays.length !== 3 || sent === undefined || delivered === undefined || read === undefined || sent > delivered || delivered > read) {
    throw new SettingsError('SANDBOX_STATUS_DELAYS: give three rising numbers, the milliseconds from acceptance to sent, delivered and read, like 50,150,400');
  }
  return {
    port: integer(env, 'SANDBOX_PORT', { fallback: 3020, min: 0, max: 65_535 }),
    host: '127.0.0.1',
    dataDir: resolve(env['SANDBOX_DATA'] || './data/sandbox'),
    keepMessages: integer(env, 'SANDBOX_KEEP_MESSAGES', { fallback: 300_000, min: 100, max: 100_000_000 }),
    keepDeliveries: integer(env, 'SANDBOX_KEEP_DELIVERIES', { fallback: 50_000, min: 100, max: 10_000_000 }),
    tunables: {
      ...DEFAULT_TUNABLES,
      retry_schedule: list(env, 'SANDBOX_RETRY_SCHEDULE', DEFAULT_TUNABLES.retry_schedule),
      status_delays: { sent, delivered, read },
    },
  };
}

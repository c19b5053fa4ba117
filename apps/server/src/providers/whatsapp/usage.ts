import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierUsage } from '../../messaging/index.ts';
import { isWire } from './wire.ts';

/** Meta tells of it with every answer; below this it is no news. */
const NEWS = 50;

/**
 * What `X-Business-Use-Case-Usage` says (providers.md §1.1): per business account a list of uses, each with percents of calls, CPU and
 * time, and the minutes until calls are taken again. The worst of all counts. Undefined: nothing to heed.
 */
export function usageOf(headers: HttpResponse['headers']): CarrierUsage | undefined {
  const uses = parse(headers['x-business-use-case-usage']);
  const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
  const percent = Math.max(0, ...uses.flatMap((u) => [number(u['call_count']), number(u['total_cputime']), number(u['total_time'])]));
  const regain_ms = Math.max(0, ...uses.map((u) => number(u['estimated_time_to_regain_access']) * 60_000));
  return percent >= NEWS || regain_ms > 0 ? { percent, regain_ms } : undefined;
}

function parse(header: string | undefined): Record<string, unknown>[] {
  if (header === undefined) return [];
  try {
    const value: unknown = JSON.parse(header);
    return isWire(value) ? Object.values(value).flatMap((list): unknown[] => (Array.isArray(list) ? list : [])).filter(isWire) : [];
  } catch {
    return [];
  }
}

import type { Subscription, SubscriptionLogEntry } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import { EVENTS_EXCHANGE } from './exchange.ts';
import type { LogRow, SubscriptionRow } from './store.ts';

/** A subscription as its company sees it; secrets stay here. */
export function viewSubscription(companyId: string, row: SubscriptionRow, { waiting, now }: { readonly waiting: number; readonly now: number }): Subscription {
  const until = row.previous_until !== null && row.previous_until.getTime() > now ? row.previous_until.toISOString() : null;
  return {
    id: encodeId('sub', row.id), kind: row.kind, name: row.name, url: row.url, events: row.events === null ? null : [...row.events],
    account_ids: row.accounts === null ? null : row.accounts.map((id) => encodeId('acc', id)), settings: row.settings,
    status: row.status, reason: row.reason, failing_since: row.failing_since?.toISOString() ?? null, last_error: row.last_error, waiting, previous_secret_until: until,
    routing: row.kind === 'rabbitmq' ? { exchange: EVENTS_EXCHANGE, key: `${encodeId('co', companyId)}.#` } : null,
    created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString(),
  };
}

export function viewLogEntry(row: LogRow): SubscriptionLogEntry {
  return {
    id: String(row.id), event_id: encodeId('evt', row.event_id), event_type: row.event_type, attempt: row.attempt, outcome: row.outcome, status: row.status,
    duration_ms: row.duration_ms, error: row.error, response: row.response, created_at: row.created_at.toISOString(),
  };
}

import type { StatusEntry } from '@centralita/contracts';
import type { Tx } from '@centralita/platform/database';
import type { CarrierError } from '../../messaging/index.ts';
import { conversationErrors, viewMessages, type Viewer } from '../conversations/index.ts';
import { attemptHistory, statusHistory } from '../delivery/index.ts';

type Entry = (typeof StatusEntry)['_zod']['output'];

/** What an attempt that ended so means for its message. */
const AFTER: Readonly<Record<string, string>> = { accepted: 'accepted', rejected: 'failed', retry: 'queued', unknown: 'unknown' };

/** Every step a message took: our tries and the carrier's words, by their times. Throws `conversations.message_not_found`. */
export async function statusesOf(viewer: Viewer, tx: Tx, id: string): Promise<Entry[]> {
  const [message] = await viewMessages(viewer, tx, [id]);
  if (!message) throw conversationErrors.message_not_found();
  if (message.direction === 'in') return [step('received', new Date(message.created_at))];
  const [attempts, words] = [await attemptHistory(tx, id), await statusHistory(tx, id)];
  const steps = [
    ...(message.author.kind === 'echo' ? [] : [step('queued', new Date(message.created_at))]),
    ...attempts.flatMap((a) => [
      step('sending', a.started_at),
      ...(a.outcome !== null && a.finished_at ? [step(AFTER[a.outcome] ?? a.outcome, a.finished_at, a.error)] : []),
    ]),
    ...words.map((w) => step(w.status, w.at, w.errors?.[0])),
  ];
  return steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function step(status: string, at: Date, error?: Pick<CarrierError, 'code' | 'detail'> & { title?: string } | null): Entry {
  return { status, at: at.toISOString(), code: error?.code ?? null, title: error?.title ?? null, detail: error?.detail ?? null };
}

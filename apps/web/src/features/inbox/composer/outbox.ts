import type { Storage } from '../../../api/runtime.ts';
import type { Message, OutgoingContent, SendBody } from '../../../api/types.ts';

/** What a person sent and the server has not confirmed yet. */
export interface PendingSend {
  client_id: string;
  conversation_id: string;
  content: OutgoingContent;
  quote: { message_id: string; text: string } | null;
  /** What the attached file is, to show it before the server does. */
  file?: { name: string; size: number; mime_type: string };
  /** Of a template: what its reader will see. */
  preview?: string;
  created_at: string;
  /** `waiting`: for its turn, the connection or the next try. */
  state: 'waiting' | 'sending' | 'failed';
  error?: unknown;
}

export interface OutboxParts {
  post: (conversationId: string, body: SendBody) => Promise<Message>;
  sent: (message: Message) => void;
  /** Not now, but the same request may succeed later. */
  isTransient: (error: unknown) => boolean;
  /** Nobody is signed in any more: wait for the next login. */
  isSignedOut: (error: unknown) => boolean;
  storage: Storage;
  now: () => number;
  later: (run: () => void, ms: number) => unknown;
}

/** Waits between tries; the last one repeats. */
const LADDER_MS = [1_000, 2_000, 5_000, 10_000, 20_000];
/** Unsent text found at a start is sent by itself when it is this young; older, a person decides. */
const FRESH_MS = 10 * 60_000;
const PREFIX = 'centralita.outbox.';
const NOTHING: readonly PendingSend[] = [];

export interface Outbox {
  add: (send: Omit<PendingSend, 'state' | 'error'>) => void;
  retry: (clientId: string) => void;
  discard: (clientId: string) => void;
  /** Tries everything that waits at once: the connection is back. */
  kick: () => void;
  list: (conversationId: string) => readonly PendingSend[];
  subscribe: (listener: () => void) => () => void;
}

/**
 * Sends messages in order, one at a time per conversation, each under its `client_id`: a request repeated because its answer
 * was lost is the same message to the server. What is not confirmed survives a reload in the browser's storage.
 */
export function createOutbox(user: string, parts: OutboxParts): Outbox {
  const queues = new Map<string, readonly PendingSend[]>();
  const busy = new Set<string>();
  const tries = new Map<string, number>();
  const listeners = new Set<() => void>();
  const key = (clientId: string): string => `${PREFIX}${user}.${clientId}`;

  const change = (conversationId: string, next: readonly PendingSend[]): void => {
    if (next.length === 0) queues.delete(conversationId);
    else queues.set(conversationId, next);
    for (const listener of listeners) listener();
  };
  const update = (send: PendingSend, over: Partial<PendingSend>): void => {
    const queue = queues.get(send.conversation_id) ?? NOTHING;
    change(send.conversation_id, queue.map((s) => (s.client_id === send.client_id ? { ...s, ...over } : s)));
  };
  const drop = (send: PendingSend): void => {
    parts.storage.remove(key(send.client_id));
    tries.delete(send.client_id);
    change(send.conversation_id, (queues.get(send.conversation_id) ?? NOTHING).filter((s) => s.client_id !== send.client_id));
  };

  const work = async (conversationId: string): Promise<void> => {
    if (busy.has(conversationId)) return;
    busy.add(conversationId);
    try {
      for (;;) {
        const send = queues.get(conversationId)?.find((s) => s.state !== 'failed');
        if (!send) return;
        update(send, { state: 'sending', error: undefined });
        try {
          const body: SendBody = { content: send.content, client_id: send.client_id };
          if (send.quote) body.quote_message_id = send.quote.message_id;
          const message = await parts.post(conversationId, body);
          parts.sent(message);
          drop(send);
        } catch (error) {
          // Discarded while it was under way.
          if (!queues.get(conversationId)?.some((s) => s.client_id === send.client_id)) continue;
          if (parts.isSignedOut(error)) {
            update(send, { state: 'waiting', error });
            return;
          }
          if (!parts.isTransient(error)) {
            update(send, { state: 'failed', error });
            continue;
          }
          const count = tries.get(send.client_id) ?? 0;
          tries.set(send.client_id, count + 1);
          update(send, { state: 'waiting', error });
          parts.later(() => void work(conversationId), LADDER_MS[Math.min(count, LADDER_MS.length - 1)]!);
          return;
        }
      }
    } finally {
      busy.delete(conversationId);
    }
  };

  for (const name of parts.storage.keys()) {
    if (!name.startsWith(`${PREFIX}${user}.`)) continue;
    const kept = parse(parts.storage.get(name));
    if (!kept) {
      parts.storage.remove(name);
      continue;
    }
    const fresh = parts.now() - Date.parse(kept.created_at) < FRESH_MS;
    const queue = [...(queues.get(kept.conversation_id) ?? []), { ...kept, state: fresh ? ('waiting' as const) : ('failed' as const) }];
    queues.set(kept.conversation_id, queue.sort((a, b) => (a.created_at < b.created_at ? -1 : 1)));
  }
  for (const id of queues.keys()) void work(id);

  const find = (clientId: string): PendingSend | undefined => [...queues.values()].flat().find((s) => s.client_id === clientId);
  return {
    add(send) {
      const pending: PendingSend = { ...send, state: 'waiting' };
      parts.storage.set(key(send.client_id), JSON.stringify(pending));
      change(send.conversation_id, [...(queues.get(send.conversation_id) ?? []), pending]);
      void work(send.conversation_id);
    },
    retry(clientId) {
      const send = find(clientId);
      if (!send) return;
      update(send, { state: 'waiting', error: undefined });
      void work(send.conversation_id);
    },
    discard(clientId) {
      const send = find(clientId);
      if (send) drop(send);
    },
    kick() {
      for (const id of queues.keys()) void work(id);
    },
    list: (conversationId) => queues.get(conversationId) ?? NOTHING,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function parse(text: string | null): PendingSend | null {
  try {
    const value = JSON.parse(text ?? '') as PendingSend;
    return typeof value.client_id === 'string' && typeof value.conversation_id === 'string' && Number.isFinite(Date.parse(value.created_at)) ? value : null;
  } catch {
    return null;
  }
}

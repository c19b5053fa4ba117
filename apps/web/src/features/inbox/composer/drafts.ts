import { storage } from '../../../api/runtime.ts';

/** What was begun and not sent, per conversation and person, on this device. */
export interface Draft {
  text: string;
  quote: { id: string; text: string; name: string } | null;
}

const EMPTY: Draft = { text: '', quote: null };
const cache = new Map<string, Draft>();
const listeners = new Set<() => void>();
const keyOf = (user: string, conversation: string): string => `centralita.draft.${user}.${conversation}`;

export function readDraft(user: string, conversation: string): Draft {
  const key = keyOf(user, conversation);
  let draft = cache.get(key);
  if (!draft) cache.set(key, (draft = parse(storage.get(key))));
  return draft;
}

export function writeDraft(user: string, conversation: string, draft: Draft): void {
  const key = keyOf(user, conversation);
  cache.set(key, draft);
  if (draft.text.trim() === '' && draft.quote === null) storage.remove(key);
  else storage.set(key, JSON.stringify(draft));
  for (const listener of listeners) listener();
}

export function subscribeDrafts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function parse(text: string | null): Draft {
  if (!text) return EMPTY;
  try {
    const value = JSON.parse(text) as Partial<Draft>;
    return { text: typeof value.text === 'string' ? value.text : '', quote: value.quote ?? null };
  } catch {
    return EMPTY;
  }
}

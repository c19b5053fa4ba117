import type { InfiniteData } from '@tanstack/react-query';
import type { Message, MessagePage } from '../../../api/types.ts';
import { climbs, isTrouble } from '../status.ts';

/** Which piece of a thread: the newest one, unless a message is named. */
export interface ThreadPlace {
  before?: string;
  after?: string;
  around?: string;
}
/** Never null or undefined, which TanStack Query would take for "as at first" when it fetches again. */
export const END: ThreadPlace = {};

/** History as cached: `pages[0]` is the newest page that is loaded; inside a page messages run from old to new. */
export type MessagesData = InfiniteData<MessagePage, unknown>;

/** Whether what is loaded goes up to the newest message; else somebody reads further up, around what they looked for. */
export const reachesEnd = (data: MessagesData): boolean => data.pages[0]?.next_cursor === null;

/** Order of a thread: by time, and by id where two share one. */
export function compareMessages(a: Message, b: Message): number {
  if (a.created_at !== b.created_at) return Date.parse(a.created_at) - Date.parse(b.created_at) || (a.created_at < b.created_at ? -1 : 1);
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * Two pictures of one message into the newest: its status only climbs, times once known stay known. What had failed and is tried
 * again begins anew: the server's later picture of it counts.
 */
export function mergeMessage(current: Message, next: Message): Message {
  const times = {
    sent_at: next.sent_at ?? current.sent_at,
    delivered_at: next.delivered_at ?? current.delivered_at,
    read_at: next.read_at ?? current.read_at,
    whatsapp_message_id: next.whatsapp_message_id ?? current.whatsapp_message_id,
  };
  const again = isTrouble(current) && next.updated_at > current.updated_at;
  if (again || current.status === next.status || climbs(current.status, next.status)) return { ...next, ...times };
  return { ...next, ...times, status: current.status, error: current.error, can_resend: current.can_resend };
}

/** All messages of the cached pages, oldest first. */
export function flatten(data: MessagesData | undefined): Message[] {
  if (!data) return [];
  const out: Message[] = [];
  for (let i = data.pages.length - 1; i >= 0; i--) out.push(...data.pages[i]!.messages);
  return out;
}

/**
 * A message told live, into the cached pages: replaced where it is, else put at its place. One older than all that is
 * loaded, or newer while the end is not, is left to the page it belongs to. `replace` takes it as it is, status included (the answer to an own request).
 */
export function upsertMessage(data: MessagesData, message: Message, how: 'merge' | 'replace' = 'merge'): MessagesData {
  for (const [index, page] of data.pages.entries()) {
    const at = page.messages.findIndex((m) => m.id === message.id);
    if (at === -1) continue;
    const messages = page.messages.slice();
    messages[at] = how === 'merge' ? mergeMessage(messages[at]!, message) : message;
    return withPage(data, index, { ...page, messages });
  }
  for (const [index, page] of data.pages.entries()) {
    const first = page.messages[0];
    const older = first !== undefined && compareMessages(message, first) < 0;
    const last = index === data.pages.length - 1;
    if (older && !last) continue;
    if (older && page.previous_cursor !== null) return data;
    if (index === 0 && !reachesEnd(data) && isBeyond(page, message)) return data;
    let place = page.messages.length;
    while (place > 0 && compareMessages(page.messages[place - 1]!, message) > 0) place--;
    return withPage(data, index, { ...page, messages: page.messages.toSpliced(place, 0, message) });
  }
  return data;
}

/**
 * Pages fetched again, over what the screen already knows: no status goes back, no double is kept, and messages that
 * came live while the request was under way stay.
 */
export function reconcileMessages(old: MessagesData | undefined, fresh: MessagesData): MessagesData {
  const seen = new Set<string>();
  const known = new Map(flatten(old).map((m) => [m.id, m]));
  const pages = fresh.pages.map((page) => ({
    ...page,
    messages: page.messages.flatMap((message) => {
      if (seen.has(message.id)) return [];
      seen.add(message.id);
      const before = known.get(message.id);
      return [before ? mergeMessage(before, message) : message];
    }),
  }));
  const newest = pages[0];
  if (newest?.next_cursor !== null) return { ...fresh, pages };
  if (old && reachesEnd(old)) {
    const last = newest.messages.at(-1);
    const late = (old.pages[0]?.messages ?? []).filter((m) => !seen.has(m.id) && (last === undefined || compareMessages(m, last) > 0));
    if (late.length > 0) pages[0] = { ...newest, messages: [...newest.messages, ...late] };
  }
  // From the end on, whichever way one came there.
  return { pages, pageParams: fresh.pageParams.with(0, END) };
}

const isBeyond = (page: MessagePage, message: Message): boolean => {
  const last = page.messages.at(-1);
  return last === undefined || compareMessages(message, last) > 0;
};

function withPage(data: MessagesData, index: number, page: MessagePage): MessagesData {
  return { ...data, pages: data.pages.with(index, page) };
}

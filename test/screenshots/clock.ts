import type { Page } from 'playwright-core';
import { PEOPLE } from './people.ts';

/** Tuesday, 10:42 in Santiago: when the pictures say they were taken. */
const SHOWN_AT = Date.parse('2026-11-17T13:42:00Z');
const MINUTE = 60_000;
/** Between two messages of a conversation. */
const PACE = 50_000;

/**
 * Pictures made on any day look the same: the page's clock stands still, and the times in what the API answers are moved to where
 * people.ts puts each conversation. Nothing else of the answers is touched. `conversations`: name → id.
 */
export async function setClock(page: Page, conversations: ReadonlyMap<string, string>): Promise<void> {
  await page.clock.setFixedTime(SHOWN_AT);
  const lastAt = new Map(PEOPLE.map((p) => [conversations.get(p.name) ?? '', SHOWN_AT - p.ago * MINUTE]));
  await page.route(/\/api\/conversations/, async (route) => {
    const response = await route.fetch();
    const type = response.headers()['content-type'] ?? '';
    if (!type.includes('json') || !response.ok()) return route.fulfill({ response });
    return route.fulfill({ response, json: moved(await response.json() as Answer, lastAt) });
  });
}

interface Timed { id: string; conversation_id?: string; created_at: string; updated_at?: string; last_message_at?: string | null; last_message?: { at: string } | null; window?: { closes_at: string | null } }
interface Answer extends Partial<Timed> { conversations?: Timed[]; messages?: Timed[] }

function moved(answer: Answer, lastAt: ReadonlyMap<string, number>): Answer {
  for (const conversation of answer.conversations ?? (answer.window ? [answer as Timed] : [])) {
    const at = lastAt.get(conversation.id);
    if (at !== undefined) moveConversation(conversation, at);
  }
  const messages = answer.messages ?? [];
  messages.forEach((message, i) => {
    const last = lastAt.get(message.conversation_id ?? '');
    if (last !== undefined) message.created_at = iso(last - (messages.length - 1 - i) * PACE);
  });
  return answer;
}

function moveConversation(conversation: Timed, at: number): void {
  conversation.created_at = iso(at - 20 * MINUTE);
  conversation.last_message_at = iso(at);
  if (conversation.last_message) conversation.last_message.at = iso(at);
  if (conversation.window?.closes_at) conversation.window.closes_at = iso(Math.max(at + 23 * 60 * MINUTE, SHOWN_AT + 60 * MINUTE));
}

const iso = (ms: number): string => new Date(ms).toISOString();

import { groupBy } from '@centralita/kernel';
import type { MessageStatus } from '../../messaging/index.ts';
import type { Module } from '../../runtime.ts';
import { closeWindows } from './close-windows.ts';
import { mergeConversations } from './merge-conversations.ts';
import { setAcquaintanceRule, setWindowRule } from '../delivery/index.ts';
import { acquaintances, addTrouble, lastWrittenOn, moveMessages } from './store.ts';
import { windowOf } from './window.ts';

const troubled = (status: MessageStatus): number => (status === 'failed' || status === 'unknown' ? 1 : 0);

export const conversationsModule: Module = {
  name: 'conversations',
  subscribe(rt) {
    setWindowRule(rt, async (tx, { route, conversations }) => {
      const now = rt.clock.now();
      if (windowOf(route.provider, null, now).open) return new Set(conversations);
      const written = await lastWrittenOn(tx, route.id, conversations);
      return new Set(conversations.filter((id) => windowOf(route.provider, written.get(id) ?? null, now).open));
    });
    setAcquaintanceRule(rt, acquaintances);
    rt.events.on('delivery.moved', async (tx, { route_id, messages }) => {
      const conversations = await moveMessages(tx, messages, route_id);
      await rt.events.emit(tx, 'conversation.changed', { conversations, messages });
    });
    rt.events.on('contact.merged', (tx, merged) => mergeConversations(rt, tx, merged));
    rt.events.on('delivery.changed', async (tx, changes) => {
      const closed = await closeWindows(rt, tx, changes.filter((c) => c.after === 'failed').map((c) => c.message_id));
      if (closed.length > 0) await rt.events.emit(tx, 'conversation.changed', { conversations: closed, messages: [] });
      const turned = changes.map((c) => ({ id: c.conversation_id, n: troubled(c.after) - troubled(c.before) })).filter((c) => c.n !== 0);
      if (turned.length === 0) return;
      await addTrouble(tx, [...groupBy(turned, (t) => t.id)].map(([id, all]) => ({ id, n: all.reduce((sum, t) => sum + t.n, 0) })).sort((a, b) => (a.id < b.id ? -1 : 1)));
      await rt.events.emit(tx, 'conversation.changed', { conversations: [...new Set(turned.map((t) => t.id))], messages: [] });
    });
  },
};

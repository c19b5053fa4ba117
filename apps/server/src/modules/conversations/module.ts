import { groupBy } from '@centralita/kernel';
import type { MessageStatus } from '../../messaging/index.ts';
import type { Module } from '../../runtime.ts';
import { mergeConversations } from './merge-conversations.ts';
import { addTrouble } from './store.ts';

const troubled = (status: MessageStatus): number => (status === 'failed' || status === 'unknown' ? 1 : 0);

export const conversationsModule: Module = {
  name: 'conversations',
  subscribe(rt) {
    rt.events.on('contact.merged', (tx, merged) => mergeConversations(rt, tx, merged));
    rt.events.on('delivery.changed', async (tx, changes) => {
      const turned = changes.map((c) => ({ id: c.conversation_id, n: troubled(c.after) - troubled(c.before) })).filter((c) => c.n !== 0);
      if (turned.length === 0) return;
      await addTrouble(tx, [...groupBy(turned, (t) => t.id)].map(([id, all]) => ({ id, n: all.reduce((sum, t) => sum + t.n, 0) })).sort((a, b) => (a.id < b.id ? -1 : 1)));
      await rt.events.emit(tx, 'conversation.changed', { conversations: [...new Set(turned.map((t) => t.id))], messages: [] });
    });
  },
};

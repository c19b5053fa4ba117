import type { Module } from '../../runtime.ts';
import { inboxRoutes } from './http.ts';
import { LiveEvents } from './live.ts';

export const inboxModule: Module = {
  name: 'inbox',
  subscribe(rt) {
    const live = new LiveEvents(rt);
    rt.events.on('conversation.changed', (tx, { conversations, messages }) => live.note(tx, { conversations, created: messages }));
    // The list shows the ticks of the last message.
    rt.events.on('delivery.changed', (tx, changes) => live.note(tx, { conversations: changes.map((c) => c.conversation_id), updated: changes.map((c) => c.message_id) }));
    rt.events.on('contact.changed', (tx, { contacts }) => live.note(tx, { contacts }));
    rt.events.on('contact.erased', (tx, { contacts }) => live.note(tx, { contacts: contacts.slice(0, 1) }));
    rt.events.on('contact.merged', (tx, merged) => live.note(tx, { merged, contacts: [merged.into] }));
    rt.events.on('labels.changed', (tx) => live.note(tx, { labels: true }));
    rt.events.on('note.changed', (tx, { note_id, conversation_id }) => live.note(tx, { note: { id: note_id, conversation_id } }));
    rt.events.on('media.changed', (tx, { message_id }) => live.note(tx, { updated: [message_id] }));
  },
  http: inboxRoutes,
};

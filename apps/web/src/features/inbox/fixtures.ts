import type { Conversation, Message } from '../../api/types.ts';

/** Messages and conversations for tests: valid, and as short to write as what a test is about. */
export function message(id: string, over: Partial<Message> = {}): Message {
  return {
    id, conversation_id: 'conv_1', direction: 'in', author: { kind: 'contact', user_id: null, name: 'Ana' }, content: { type: 'text', text: id }, text: id,
    status: over.direction === 'out' ? 'sent' : 'received', error: null, can_resend: false, quote: null, reactions: [], referral: null, extra: null,
    message_type: 'text', media_url: null, metadata: null, updated_at: '2025-11-20T10:00:00.000Z',
    whatsapp_message_id: `wamid.${id}`, account_id: 'acc_1', route_id: 'rt_1', company_number: '+56220000000', client_id: null, created_at: '2025-11-20T10:00:00.000Z', sent_at: null, delivered_at: null, read_at: null,
    ...over,
  };
}

export function conversation(id: string, over: Partial<Conversation> = {}): Conversation {
  return {
    id, account_id: 'acc_1', account_name: 'Demo', contact: { id: `ctc_${id}`, name: id, phone: '51900000000', addresses: [] },
    contact_phone: '51900000000', contact_name: id, status: 'open', holder: { kind: 'nobody', user_id: null, name: null }, labels: [], unread: 0, troubled: 0,
    window: { open: true, closes_at: null, reason: null }, can_show_typing: true, last_message: null, last_message_at: '2025-11-20T10:00:00.000Z',
    created_at: '2025-11-20T09:00:00.000Z', updated_at: '2025-11-20T10:00:00.000Z', ...over,
  };
}

/** Minute `n` of the morning all tests happen in. */
export const minute = (n: number): string => new Date(Date.UTC(2025, 10, 20, 10, n)).toISOString();

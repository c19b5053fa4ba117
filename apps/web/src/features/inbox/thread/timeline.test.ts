import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { message, minute } from '../fixtures.ts';
import { buildTimeline, firstUnread } from './timeline.ts';

const shape = (items: ReturnType<typeof buildTimeline>): string[] =>
  items.map((i) => (i.kind === 'message' ? `${i.message.id}${i.first ? ' first' : ''}${i.last ? ' last' : ''}` : i.kind === 'note' ? `note ${i.message.id}` : i.kind));

describe('timeline', () => {
  it('separates days and groups one author within five minutes', () => {
    const items = buildTimeline([
      message('a', { created_at: '2025-11-19T10:00:00' }),
      message('b', { created_at: '2025-11-20T10:00:00' }),
      message('c', { created_at: '2025-11-20T10:02:00' }),
      message('d', { created_at: '2025-11-20T10:02:30', direction: 'out', author: { kind: 'bot', user_id: null, name: 'Bot' } }),
      message('e', { created_at: '2025-11-20T10:20:00', direction: 'out', author: { kind: 'bot', user_id: null, name: 'Bot' } }),
    ], null);
    assert.deepEqual(shape(items), ['day', 'a first last', 'day', 'b first', 'c last', 'd first last', 'e first last']);
  });
  it('puts the line of unread messages before the first of them', () => {
    const messages = [
      message('a', { created_at: minute(1) }),
      message('b', { created_at: minute(2), direction: 'out' }),
      message('c', { created_at: minute(3) }),
      message('d', { created_at: minute(4) }),
    ];
    const unread = firstUnread(messages, 2);
    assert.deepEqual(unread, { first: 'c', count: 2 });
    assert.deepEqual(shape(buildTimeline(messages, unread)), ['day', 'a first last', 'b first last', 'unread', 'c first', 'd last']);
    assert.equal(firstUnread(messages, 0), null);
  });
  it('shows a reaction on its bubble only, unless the bubble is not there or it failed', () => {
    const target = message('a', { created_at: minute(1) });
    const reaction = (id: string, over = {}) => message(id, { created_at: minute(2), content: { type: 'reaction', remote_id: 'wamid.a', emoji: '👍' }, ...over });
    assert.deepEqual(shape(buildTimeline([target, reaction('r')], null)), ['day', 'a first last']);
    assert.deepEqual(shape(buildTimeline([reaction('r')], null)), ['day', 'note r']);
    assert.deepEqual(shape(buildTimeline([target, reaction('r', { direction: 'out', status: 'failed' })], null)), ['day', 'a first last', 'note r']);
  });
  it('tells when the company writes from another number, and when it writes from the first again', () => {
    const from = (id: string, route_id: string, over = {}) => message(id, { created_at: minute(1), route_id, company_number: `+${route_id}`, ...over });
    const items = buildTimeline([from('a', '1'), from('b', '1', { direction: 'out' }), from('c', '2', { direction: 'out' }), from('d', ''), from('e', '2'), from('f', '1')], null);
    assert.deepEqual(shape(items), ['day', 'a first last', 'b first last', 'number', 'c first last', 'd first', 'e last', 'number', 'f first last']);
    assert.deepEqual(items.flatMap((i) => (i.kind === 'number' ? [i.number] : [])), ['+2', '+1']);
  });
  it('marks what was edited and deleted later', () => {
    const items = buildTimeline([
      message('a', { created_at: minute(1) }),
      message('b', { created_at: minute(2) }),
      message('e', { created_at: minute(3), content: { type: 'edit', remote_id: 'wamid.a', text: 'better' } }),
      message('r', { created_at: minute(4), content: { type: 'revoke', remote_id: 'wamid.b' } }),
    ], null);
    const amended = items.flatMap((i) => (i.kind === 'message' && i.amended ? [[i.message.id, i.amended]] : []));
    assert.deepEqual(amended, [['a', { edited: 'better' }], ['b', { revoked: true }]]);
  });
});

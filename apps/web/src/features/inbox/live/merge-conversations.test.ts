import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conversation, minute } from '../fixtures.ts';
import type { Conversation } from '../../../api/types.ts';
import { type ConversationsData, flattenConversations, type ListScope, reconcileConversations, upsertConversation } from './merge-conversations.ts';

const all: ListScope = { filter: 'all', me: 'usr_1' };
const at = (id: string, n: number, over: Partial<Conversation> = {}): Conversation => conversation(id, { last_message_at: minute(n), updated_at: minute(n), ...over });
const pages = (...lists: Conversation[][]): ConversationsData => ({
  pages: lists.map((conversations, i) => ({ conversations, next_cursor: i === lists.length - 1 ? 'more' : `c${i}` })),
  pageParams: lists.map((_, i) => (i === 0 ? null : `c${i - 1}`)),
});
const two = (): ConversationsData => pages([at('a', 50), at('b', 40)], [at('c', 30), at('d', 20)]);
const ids = (data: ConversationsData): string[] => flattenConversations(data).map((c) => c.id);

describe('a conversation told live', () => {
  it('moves to the top when its customer writes, from any page, once', () => {
    const data = upsertConversation(two(), at('d', 55), all);
    assert.deepEqual(ids(data), ['d', 'a', 'b', 'c']);
    assert.equal(data.pages.at(-1)!.next_cursor, 'more');
  });
  it('comes in new, and stays where it is when only its holder changed', () => {
    assert.deepEqual(ids(upsertConversation(two(), at('x', 60), all)), ['x', 'a', 'b', 'c', 'd']);
    const held = upsertConversation(two(), at('b', 40, { updated_at: minute(59), holder: { kind: 'agent', user_id: 'usr_1', name: 'Eva' } }), all);
    assert.deepEqual(ids(held), ['a', 'b', 'c', 'd']);
    assert.equal(flattenConversations(held)[1]!.holder.kind, 'agent');
  });
  it('older than what is loaded waits for its page', () => {
    assert.deepEqual(ids(upsertConversation(two(), at('x', 5), all)), ['a', 'b', 'c', 'd']);
  });
  it('an older picture does not undo a newer one', () => {
    const data = upsertConversation(two(), at('a', 45, { unread: 3 }), all);
    assert.equal(flattenConversations(data)[0]!.unread, 0);
  });
  it('belongs under labels only while it wears them all', () => {
    const labels = (...of: string[]): Partial<Conversation> => ({ labels: of.map((id) => ({ id, name: id, colour: 'red' as const })) });
    const worn = pages([at('a', 50, labels('l1', 'l2'))]);
    const scope = { ...all, label_id: 'l1,l2' };
    assert.deepEqual(ids(upsertConversation(worn, at('x', 60, labels('l1')), scope)), ['a']);
    assert.deepEqual(ids(upsertConversation(worn, at('x', 60, labels('l2', 'l1')), scope)), ['x', 'a']);
    assert.deepEqual(ids(upsertConversation(worn, at('a', 51, labels('l1')), scope)), []);
  });
  it('leaves a filter it no longer fits, unless it is the open one', () => {
    const unread = pages([at('a', 50, { unread: 2 }), at('b', 40, { unread: 1 })]);
    const read = at('a', 50, { unread: 0, updated_at: minute(51) });
    assert.deepEqual(ids(upsertConversation(unread, read, { ...all, filter: 'unread' })), ['b']);
    assert.deepEqual(ids(upsertConversation(unread, read, { ...all, filter: 'unread', keep: 'a' })), ['a', 'b']);
  });
  it('knows the filters', () => {
    const empty = pages([]);
    const into = (filter: ListScope['filter'], over: Partial<Conversation>): boolean => ids(upsertConversation(empty, at('a', 1, over), { filter, me: 'usr_1', keep: 'a' })).length > 0;
    assert.ok(into('mine', { holder: { kind: 'agent', user_id: 'usr_1', name: '' } }));
    assert.ok(!into('mine', { holder: { kind: 'agent', user_id: 'usr_2', name: '' } }));
    assert.ok(into('bot', { holder: { kind: 'bot', user_id: null, name: null } }));
    assert.ok(into('unassigned', {}));
    assert.ok(!into('unassigned', { status: 'closed' }));
    assert.ok(into('troubled', { troubled: 1 }));
  });
  it('does not answer a search that only the server can', () => {
    const search: ListScope = { ...all, q: 'refund' };
    assert.deepEqual(ids(upsertConversation(two(), at('x', 60), search)), ['a', 'b', 'c', 'd']);
    assert.equal(ids(upsertConversation(two(), at('c', 60), search))[0], 'c');
  });
  it('of another account stays out', () => {
    assert.deepEqual(ids(upsertConversation(two(), at('x', 60, { account_id: 'acc_2' }), { ...all, account_id: 'acc_1' })), ['a', 'b', 'c', 'd']);
  });
});

describe('lists fetched again', () => {
  it('keep what came live meanwhile and show each once', () => {
    const live = at('x', 60);
    const fresh = pages([at('a', 50), at('b', 40)], [at('b', 40), at('c', 30)]);
    assert.deepEqual(ids(reconcileConversations(new Map([['x', live]]), fresh, all)), ['x', 'a', 'b', 'c']);
  });
});

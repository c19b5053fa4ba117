import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Message, Status } from '../../../api/types.ts';
import { message, minute } from '../fixtures.ts';
import { climbs } from '../status.ts';
import { compareMessages, END, flatten, type MessagesData, reconcileMessages, upsertMessage } from './merge-messages.ts';

const at = (n: number, over: Partial<Message> = {}): Message => message(`msg_${String(n).padStart(3, '0')}`, { created_at: minute(n), ...over });
const range = (from: number, to: number): Message[] => Array.from({ length: to - from + 1 }, (_, i) => at(from + i));
/** Two pages of ten, older history behind them. */
const loaded = (): MessagesData => ({
  pages: [{ messages: range(20, 29), previous_cursor: 'c20', next_cursor: null }, { messages: range(10, 19), previous_cursor: 'c10', next_cursor: 'c19' }],
  pageParams: [END, { before: 'c20' }],
});
const ids = (data: MessagesData): string[] => flatten(data).map((m) => m.id);

describe('a message told live', () => {
  it('is added at the end, once', () => {
    const once = upsertMessage(loaded(), at(30));
    assert.equal(ids(once).at(-1), 'msg_030');
    assert.deepEqual(ids(upsertMessage(once, at(30))), ids(once));
  });
  it('takes its place when it comes late', () => {
    const data = upsertMessage(upsertMessage(loaded(), at(31)), at(30));
    assert.deepEqual(ids(data).slice(-3), ['msg_029', 'msg_030', 'msg_031']);
    const middle = upsertMessage(loaded(), message('msg_015b', { created_at: minute(15) }));
    assert.equal(ids(middle).indexOf('msg_015b'), ids(middle).indexOf('msg_015') + 1);
  });
  it('older than all that is loaded is left to its page, unless history is complete', () => {
    assert.deepEqual(upsertMessage(loaded(), at(3)), loaded());
    const whole: MessagesData = { pages: [{ messages: range(10, 12), previous_cursor: null, next_cursor: null }], pageParams: [END] };
    assert.equal(ids(upsertMessage(whole, at(3)))[0], 'msg_003');
  });
  it('waits for its page while somebody reads further up', () => {
    const found: MessagesData = { pages: [{ messages: range(20, 29), previous_cursor: 'c20', next_cursor: 'c29' }], pageParams: [{ around: 'c25' }] };
    assert.deepEqual(upsertMessage(found, at(90)), found);
    assert.equal(flatten(upsertMessage(found, at(29, { text: 'editado' }))).at(-1)!.text, 'editado');
  });
  it('never takes a status back, and keeps times once known', () => {
    const out = { direction: 'out' as const };
    let data = upsertMessage(loaded(), at(30, { ...out, status: 'delivered', delivered_at: minute(31) }));
    data = upsertMessage(data, at(30, { ...out, status: 'sent', sent_at: minute(30) }));
    const shown = flatten(data).at(-1)!;
    assert.equal(shown.status, 'delivered');
    assert.equal(shown.delivered_at, minute(31));
    assert.equal(shown.sent_at, minute(30));
  });
  it('a late success lifts a failure, a late failure does not end what was read', () => {
    assert.ok(climbs('failed', 'delivered'));
    assert.ok(!climbs('failed', 'sent'));
    assert.ok(!climbs('read', 'failed'));
    assert.ok(climbs('unknown', 'accepted'));
    assert.ok(!climbs('unknown', 'queued'));
  });
});

describe('pages fetched again', () => {
  it('do not undo what came live meanwhile', () => {
    const fetched = loaded();
    fetched.pages[0]!.messages[9] = at(29, { direction: 'out', status: 'sent' });
    const screen = upsertMessage(upsertMessage(fetched, at(30)), at(29, { direction: 'out', status: 'read' }));
    const data = reconcileMessages(screen, fetched);
    assert.equal(ids(data).at(-1), 'msg_030');
    assert.equal(flatten(data).find((m) => m.id === 'msg_029')!.status, 'read');
  });
  it('leave no hole when much was missed: only what is newer than the newest page stays', () => {
    const fresh: MessagesData = { pages: [{ messages: range(80, 89), previous_cursor: 'c80', next_cursor: null }], pageParams: [END] };
    assert.deepEqual(ids(reconcileMessages(loaded(), fresh)), range(80, 89).map((m) => m.id));
  });
  it('begin at the end of the thread from when it was reached', () => {
    const page = { messages: range(30, 35), previous_cursor: 'c30', next_cursor: null };
    assert.deepEqual(reconcileMessages(undefined, { pages: [page], pageParams: [{ after: 'c29' }] }).pageParams, [END]);
    assert.deepEqual(reconcileMessages(undefined, { pages: [{ ...page, next_cursor: 'c35' }], pageParams: [{ after: 'c29' }] }).pageParams, [{ after: 'c29' }]);
  });
  it('show a message once when the cursor moved', () => {
    const fresh: MessagesData = { pages: [{ messages: range(20, 29), previous_cursor: 'x', next_cursor: null }, { messages: range(18, 21), previous_cursor: 'y', next_cursor: 'x' }], pageParams: [END, { before: 'x' }] };
    assert.deepEqual(ids(reconcileMessages(undefined, fresh)), range(18, 29).map((m) => m.id));
  });
});

describe('in any order of events', () => {
  const statuses: Status[] = ['queued', 'sending', 'accepted', 'sent', 'delivered', 'read'];
  it('the thread ends the same: sorted, no doubles, the highest status', () => {
    const event = fc.record({ n: fc.integer({ min: 20, max: 45 }), status: fc.constantFrom(...statuses) });
    fc.assert(fc.property(fc.array(event, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 40 }), (events, keys) => {
      const messages = events.map((e) => at(e.n, { direction: 'out', status: e.status }));
      const shuffled = messages.map((m, i) => ({ m, key: keys[i] ?? 0 })).sort((a, b) => a.key - b.key).map((x) => x.m);
      const empty: MessagesData = { pages: [{ messages: [], previous_cursor: null, next_cursor: null }], pageParams: [END] };
      const one = flatten(messages.reduce((d, m) => upsertMessage(d, m), empty));
      const other = flatten(shuffled.reduce((d, m) => upsertMessage(d, m), empty));
      assert.deepEqual(one.map((m) => [m.id, m.status]), other.map((m) => [m.id, m.status]));
      assert.equal(new Set(one.map((m) => m.id)).size, one.length);
      assert.deepEqual(one, one.toSorted(compareMessages));
    }));
  });
});

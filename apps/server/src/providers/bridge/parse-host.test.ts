import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BridgeReceipt, type BridgeEvent } from '@centralita/contracts/bridge';
import type { InboundEvent } from '../../messaging/index.ts';
import { baileys } from './index.ts';

const AT = '2026-11-21T10:00:00.000Z';
const ANA = { phone: '56911', lid: '777', name: 'Ana' };

function read(...events: BridgeEvent[]): InboundEvent[] {
  const receipt = BridgeReceipt.parse({ bridge: 1, engine: 'baileys', session_id: 'a1', session_name: 'ventas', at: AT, events });
  return baileys.push!.parse(Buffer.from(JSON.stringify(receipt)));
}
const message = (content: Extract<BridgeEvent, { type: 'message' }>['content'], over: object = {}): BridgeEvent => ({ type: 'message', id: '3A', at: AT, from_me: false, peer: ANA, content, backfilled: false, ...over });

test('what a person wrote, with every address that is known of them', () => {
  const [event] = read(message({ type: 'text', text: 'hola' }, { quote: { id: '3EB0', from: { phone: '56900' } }, forwarded: true }));
  assert.deepEqual(event, {
    kind: 'message', key: 'm:3A', line: { kind: 'number', id: 'ventas' }, at: AT, remote_id: '3A', direction: 'in',
    peer: { addresses: [{ kind: 'phone', value: '56911' }, { kind: 'lid', value: '777' }], name: 'Ana' }, content: { type: 'text', text: 'hola' },
    context: { remote_id: '3EB0', from: '56900', forwarded: true },
  });
});

test('every content that a host tells is one of ours; what waits for its key is no message yet', () => {
  const media = { remote_id: 'sealed', mime_type: 'audio/ogg', size: 3, seconds: 2, voice: true };
  const contents: Extract<BridgeEvent, { type: 'message' }>['content'][] = [
    { type: 'audio', media }, { type: 'image', media, caption: 'c' }, { type: 'location', latitude: 1, longitude: 2, live: true }, { type: 'contacts', contacts: [{ name: 'Luis', vcard: 'BEGIN:VCARD\nTEL:+569\nEND:VCARD' }] },
    { type: 'reaction', id: '3EB0', emoji: '👍' }, { type: 'edit', id: '3', text: 'x' }, { type: 'revoke', id: '3' }, { type: 'poll', name: 'p', options: ['a'] },
    { type: 'button_reply', id: 'a', title: 'A' }, { type: 'list_reply', id: 'a', title: 'A' }, { type: 'order', items: 2 }, { type: 'unsupported', wire_type: 'event' },
  ];
  const seen = read(...contents.map((c) => message(c))).map((e) => (e.kind === 'message' ? e.content : undefined));
  assert.deepEqual(seen.map((c) => c?.type), ['audio', 'image', 'location', 'contacts', 'reaction', 'edit', 'revoke', 'unsupported', 'button_reply', 'list_reply', 'order', 'unsupported']);
  assert.deepEqual(seen[0], { type: 'audio', media: { remote_id: 'sealed', mime_type: 'audio/ogg', size: 3, voice: true } });
  const [waiting] = read(message({ type: 'undecryptable' }));
  assert.ok(waiting?.kind === 'account' && waiting.field === 'undecryptable');
});

test('groups, own messages, gaps', () => {
  const group = { id: '1@g.us', subject: 'Ventas' };
  const [theirs, mine, echo, late] = read(message({ type: 'text', text: 'a' }, { group }), message({ type: 'text', text: 'b' }, { group, from_me: true }), message({ type: 'text', text: 'c' }, { from_me: true }), message({ type: 'text', text: 'd' }, { backfilled: true }));
  assert.ok(theirs?.kind === 'message' && theirs.group_id === '1@g.us' && theirs.peer.name === 'Ana' && theirs.extra!['group_subject'] === 'Ventas');
  assert.equal(mine?.kind, 'account');
  assert.ok(echo?.kind === 'message' && echo.direction === 'echo' && echo.peer.name === undefined);
  assert.ok(late?.kind === 'message' && late.extra!['backfilled'] === true);
});

test('ticks, of each member of a group too; refusals say why', () => {
  const status = (over: object): BridgeEvent => ({ type: 'status', id: 'M', status: 'read', peer: ANA, ...over }) as BridgeEvent;
  const [one, inGroup, other, failed] = read(status({}), status({ group: { id: '1@g.us' } }), status({ group: { id: '1@g.us' }, peer: { lid: '888' } }), status({ status: 'failed', error: { code: '463', title: 'no' } }));
  assert.equal(new Set([one!.key, inGroup!.key, other!.key]).size, 3);
  assert.ok(failed?.kind === 'status' && failed.errors![0]!.code === '463' && baileys.explain!(failed.errors![0]!).class === 'policy');
});

test('one person under two addresses; an address book; states and calls', () => {
  const [identity, people, state, call] = read(
    { type: 'identity', phone: '56911', lid: '777' }, { type: 'contacts', contacts: [{ phone: '56911', name: 'a', saved_name: 'Ana R.' }, { name: 'nobody' }] },
    { type: 'state', at: AT, state: 'active', me: { phone: '56900' } }, { type: 'call', id: 'C', peer: ANA, video: false, status: 'offer' },
  );
  assert.ok(identity?.kind === 'identity' && identity.before.addresses[0]!.value === '777' && identity.after.addresses[0]!.value === '56911');
  assert.ok(people?.kind === 'people');
  assert.deepEqual(people.people, [{ addresses: [{ kind: 'phone', value: '56911' }], name: 'Ana R.' }]);
  assert.ok(state?.kind === 'account' && state.field === 'session');
  assert.deepEqual(state.payload, { session_id: 'a1', at: AT, state: 'active', me: { phone: '56900' } });
  assert.ok(call?.kind === 'account' && call.field === 'call');
});

test('the same fact in two receipts has one key', () => {
  const events = [message({ type: 'text', text: 'x' }), { type: 'identity', phone: '1', lid: '2' }, { type: 'status', id: 'M', status: 'sent' }] as const;
  assert.deepEqual(read(...events).map((e) => e.key), read(...events).map((e) => e.key));
});

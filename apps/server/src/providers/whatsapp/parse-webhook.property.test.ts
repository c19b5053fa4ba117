import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Content } from '../../messaging/index.ts';
import { parseWebhook } from './parse-webhook.ts';

const TYPES = ['text', 'image', 'audio', 'location', 'contacts', 'reaction', 'interactive', 'button', 'order', 'system', 'edit', 'revoke', 'request_welcome', 'unsupported', '__proto__', 'toString'];
/** Words of the dialect where anything may stand, so that arbitrary JSON reaches the readers. */
const NAMES = [...TYPES, 'body', 'id', 'type', 'from', 'errors', 'context', 'profile', 'name', 'wa_id', 'user_id', 'product_items', 'button_reply', 'message', 'phones', 'vcard'];
const leaf = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom(...NAMES, '56911112222', '\u0000', '\ud800'));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), tie('json'), { maxKeys: 6 })),
}));
const some = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: json });

const message = fc.constantFrom(...TYPES).chain((type) => fc.record({
  id: some(fc.string()), from: some(fc.constantFrom('56911112222', 'CL.12')), type: fc.constant(type), [type]: json,
  timestamp: some(fc.nat().map(String)), context: json, errors: json, from_user_id: some(fc.string()),
}, { requiredKeys: ['type'] }));
const status = fc.record({ id: some(fc.string()), status: some(fc.constantFrom('sent', 'read', 'failed')), errors: json, recipient_id: json, pricing: json }, { requiredKeys: [] });
const value = fc.record({ metadata: json, contacts: some(fc.array(json)), messages: some(fc.array(some(message))), statuses: some(fc.array(some(status))), errors: json }, { requiredKeys: [] });
const entry = fc.record({ id: json, time: json, changes: some(fc.array(some(fc.record({ field: some(fc.constantFrom('messages', 'user_preferences', 'account_update')), value: some(value) }, { requiredKeys: [] })))) }, { requiredKeys: [] });

test('no JSON with an entry list makes the parser throw, and every event is whole', () => {
  fc.assert(fc.property(fc.array(some(entry), { maxLength: 3 }), (entries) => {
    for (const event of parseWebhook(Buffer.from(JSON.stringify({ entry: entries })))) {
      assert.match(event.at, /^\d{4}-\d\d-\d\dT/);
      assert.ok(event.key.length > 2 && Buffer.byteLength(event.key) < 2704);
      if (event.kind === 'message') {
        Content.parse(event.content);
        assert.ok(event.peer.addresses.length > 0);
      }
      assert.ok(JSON.stringify(event).isWellFormed());
    }
  }), { numRuns: 1000 });
});

test('every message id put in comes out, once per message, in order', () => {
  const messages = fc.array(fc.array(fc.record({
    id: fc.string({ minLength: 1, unit: 'binary' }).filter((s) => s.isWellFormed() && !s.includes('\0')), from: fc.constantFrom('56911112222', '56933334444'), type: fc.constantFrom(...TYPES), text: json,
  })));
  fc.assert(fc.property(messages, (changes) => {
    const body = { entry: changes.map((list) => ({ id: '9001', changes: [{ field: 'messages', value: { metadata: { phone_number_id: '7' }, messages: list } }] })) };
    const out = parseWebhook(Buffer.from(JSON.stringify(body))).flatMap((e) => (e.kind === 'message' ? [e.remote_id] : []));
    assert.deepEqual(out, changes.flat().map((m) => m.id));
  }), { numRuns: 200 });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeId, encodeId, newUuid } from './ids.ts';

test('ids ascend within a process, even inside one millisecond and when the clock steps back', () => {
  const made: string[] = [];
  for (let i = 0; i < 10_000; i++) made.push(newUuid(1_700_000_000_000 + (i % 7) - 3));
  assert.deepEqual(made, [...made].sort());
  assert.equal(new Set(made).size, made.length);
  assert.match(made[0]!, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('the TypeID specification’s example', () => {
  assert.equal(encodeId('usr', '0188bac7-4afa-78aa-bc3b-bd1eef28d881'), 'usr_01h2xcejqtf2nbrexx3vqjhp41');
});

test('encode and decode are inverse, and a wrong prefix is refused', () => {
  fc.assert(fc.property(fc.uuid(), (uuid) => {
    const id = encodeId('msg', uuid);
    assert.equal(decodeId('msg', id), uuid);
    assert.equal(decodeId('conv', id), undefined);
  }));
  assert.equal(decodeId('msg', 'msg_zzzzzzzzzzzzzzzzzzzzzzzzzz'), undefined);
  assert.equal(decodeId('msg', "msg_'; drop table"), undefined);
});

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { Content, type InboundEvent } from '../../messaging/index.ts';
import { parseWebhook } from './parse-webhook.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../../../shared/samples/cloud-api');
const skip = existsSync(SAMPLES) ? false : `needs the captured webhooks of ../shared/samples/cloud-api, absent here`;
const LISTS = ['messages', 'message_echoes', 'statuses'] as const;
/** Kept in another form: times as ISO 8601, types as content, phone numbers without signs, texts of errors shortened. */
const TRANSFORMED = new Set(['timestamp', 'type', 'status', 'from', 'href', 'message', 'recipient_type', 'response_json', 'username']);

type Json = Record<string, unknown>;
interface Body {
  entry: { id?: unknown; changes: { field: string; value: Json }[] }[];
}

test('every captured webhook parses: each message and status is one event, in order, nothing lost', { skip }, (t) => {
  let files = 0;
  let items = 0;
  for (const path of readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.json')) continue;
    const raw = readFileSync(join(SAMPLES, path));
    const body = JSON.parse(raw.toString()) as Partial<Body>;
    if (!Array.isArray(body.entry)) continue;
    files++;
    const events = parseWebhook(raw);
    let at = 0;
    for (const { changes } of body.entry) {
      for (const { field, value } of changes) {
        const wire = LISTS.flatMap((list) => (Array.isArray(value[list]) ? value[list] as Json[] : []));
        if ((field !== 'messages' && field !== 'smb_message_echoes') || wire.length === 0) {
          if (field === 'user_preferences') {
            for (const item of value['user_preferences'] as Json[]) assert.equal(events[at++]?.kind, 'preference', JSON.stringify(item));
            continue;
          }
          const event = events[at++];
          assert.ok(event?.kind === 'account', `${path}: ${field}`);
          assert.deepEqual(event.payload, field === 'messages' ? value['errors'] : value);
          continue;
        }
        for (const item of wire) {
          items++;
          const event = events[at++];
          assert.ok(event, path);
          assertKept(item, event, path);
          if (events[at]?.kind === 'identity') at++;
        }
      }
    }
    assert.equal(at, events.length, `${path}: events that nothing in the body explains`);
    assert.equal(new Set(events.map((e) => e.key)).size, events.length, `${path}: two events with one key`);
    assert.deepEqual(parseWebhook(raw), events);
  }
  t.diagnostic(`${files} webhooks, ${items} messages and statuses`);
  assert.ok(files > 100 && items > 60);
});

function assertKept(item: Json, event: InboundEvent, path: string): void {
  if (event.kind === 'account') {
    // Documentation with <PLACEHOLDERS> for the sender: kept whole.
    assert.deepEqual(event.payload, item, path);
    assert.doesNotMatch(String(item['from']), /^\d+$/, path);
    return;
  }
  assert.ok(event.kind === 'message' || event.kind === 'status', path);
  assert.equal(event.remote_id, item['id'], path);
  if (event.kind === 'message') Content.parse(event.content);
  const kept = new Set<unknown>();
  leaves(event, (_key, leaf) => kept.add(String(leaf)));
  leaves(item, (key, leaf) => {
    if (!TRANSFORMED.has(key)) assert.ok(kept.has(String(leaf)), `${path}: ${key} = ${String(leaf)} is lost in ${JSON.stringify(event)}`);
  });
}

function leaves(value: unknown, see: (key: string, leaf: unknown) => void, key = ''): void {
  if (typeof value === 'object' && value !== null) for (const [k, v] of Object.entries(value)) leaves(v, see, Array.isArray(value) ? key : k);
  else see(key, value);
}

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { DeepJson } from '../../apps/sandbox/src/testing/harness.ts';
import { say, setHolder, setStatus } from '../../apps/server/src/modules/conversations/index.ts';
import { releaseToBot } from '../../apps/server/src/modules/bots/index.ts';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

// Whole conversations through all three edges: a phone of the sandbox, webhooks, turns, sends, the phone again.
interface Step {
  readonly phone?: string;
  readonly writes?: readonly string[];
  /** The id of a button or row that the phone was shown. */
  readonly taps?: string;
  readonly sends?: Record<string, unknown>;
  readonly agent?: 'take' | 'says' | 'release' | 'close';
  readonly text?: string;
  readonly fault?: unknown;
  /** Exactly these arrive on the phone because of the step, in order; patterns. */
  readonly hears?: readonly string[];
  readonly holder?: string;
  readonly status?: string;
  readonly unread?: number;
  /** The readable text of the contact's last message; a pattern. */
  readonly last?: string;
}
const folder = new URL('../scenarios/', import.meta.url);
let desk: Desk;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { bot: MUNICIPALITY, config: { carrierTimeoutSeconds: 2 } });
});

for (const name of readdirSync(folder).filter((f) => f.endsWith('.json'))) {
  const scenario = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { about: string; steps: Step[] };
  test(`${name}: ${scenario.about}`, async () => {
    for (const [n, step] of scenario.steps.entries()) await play(step, `step ${n + 1} of ${name}`);
    await desk.sandbox.call('DELETE', '/sandbox/faults');
    const page = await desk.sandbox.call('GET', '/sandbox/outbox?limit=1000');
    const ids = (page.body['messages'] as unknown as { biz_opaque_callback_data: string }[]).map((m) => m.biz_opaque_callback_data);
    assert.equal(new Set(ids).size, ids.length, 'sent twice');
  });
}

async function play(step: Step, where: string): Promise<void> {
  if (step.fault !== undefined) {
    await desk.sandbox.call('POST', '/sandbox/faults', step.fault);
    return;
  }
  const phone = step.phone!;
  const before = (await desk.heard(phone)).length;
  for (const text of step.writes ?? []) await desk.write(phone, text);
  if (step.taps) await send(phone, { type: 'button_reply', button_reply: { id: step.taps } });
  if (step.sends) await send(phone, step.sends);
  if (step.agent) await act(step.agent, phone, step.text);
  // The carrier has called us with all of it, and was answered.
  await waitFor(async () => (await desk.sandbox.messages(phone)).every((m) => m['direction'] !== 'out' || m['status'] !== 'sent'), { what: 'the webhooks of the phone' });
  const wanted = step.hears ?? [];
  if (wanted.length > 0) await desk.hears(phone, before + wanted.length);
  await desk.settled();
  const heard = (await desk.heard(phone)).slice(before);
  assert.equal(heard.length, wanted.length, `${where}: heard ${JSON.stringify(heard)}`);
  for (const [i, pattern] of wanted.entries()) assert.match(heard[i]!, new RegExp(pattern), where);
  const now = await conversation(phone);
  for (const field of ['holder', 'status', 'unread'] as const) if (step[field] !== undefined) assert.equal(now[field], step[field], `${where}: ${field}`);
  if (step.last !== undefined) {
    const rows = await desk.inCompany((tx) => tx.query<{ text: string }>("select text from {c}.messages where conversation_id = $1 and direction = 'in' order by id desc limit 1", [now.id]));
    assert.match(rows[0]!.text, new RegExp(step.last), where);
  }
}

async function send(phone: string, message: Record<string, unknown>): Promise<void> {
  const answer = await desk.sandbox.write(phone, { to: desk.sandbox.config.business_number, ...message });
  assert.equal(answer.status, 201, JSON.stringify(answer.body as DeepJson));
}

interface Row {
  readonly id: string;
  readonly holder: string;
  readonly status: string;
  readonly unread: number;
}
const conversation = (phone: string): Promise<Row> => waitFor(async () => (await desk.inCompany((tx) => tx.query<Row>(
  "select c.id, c.holder, c.status, c.unread from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1", [phone])))[0], { what: 'the conversation' });

async function act(what: NonNullable<Step['agent']>, phone: string, text: string | undefined): Promise<void> {
  const { id } = await conversation(phone);
  await desk.inCompany(async (tx) => {
    switch (what) {
      case 'take': return setHolder(desk.rt, tx, [id], { kind: 'agent' });
      case 'says': return void await say(desk.rt, tx, [{ conversation_id: id, author: { kind: 'agent' }, content: { type: 'text', text: text! } }]);
      case 'release': return void await releaseToBot(desk.rt, tx, id);
      case 'close': return setStatus(desk.rt, tx, id, 'closed');
    }
  });
}

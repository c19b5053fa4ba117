import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpError } from '@centralita/platform/http';
import type { ErrorClass, SendOutcome } from '../../messaging/index.ts';
import { KNOWN_CODES, ruleFor } from './error-table.ts';
import { classifyFailure, harmless } from '../outcomes.ts';
import { classify, explainStatusError } from './errors.ts';

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return { status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
}
function meta(status: number, code: number, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
  return answer(status, { error: { message: `(#${code}) words`, type: 'OAuthException', code, fbtrace_id: 'A', ...more } }, headers);
}
function error(outcome: SendOutcome) {
  assert.notEqual(outcome.outcome, 'accepted');
  return outcome.outcome === 'accepted' ? undefined! : outcome.error;
}

/** providers.md §1.11: what each code must lead to. */
const expected: [codes: number[], status: number, outcome: SendOutcome['outcome'], errorClass: ErrorClass][] = [
  [[0, 190], 401, 'rejected', 'credentials'], [[3, 10, 200, 299, 131005], 403, 'rejected', 'credentials'],
  [[1, 2], 503, 'retry', 'retry'], [[4, 80007], 400, 'retry', 'slow_down'], [[33], 400, 'rejected', 'config'], [[100], 400, 'rejected', 'permanent'],
  [[368, 131031], 403, 'rejected', 'config'], [[130497], 403, 'rejected', 'fall_back'], [[130429], 400, 'retry', 'slow_down'], [[130472], 400, 'rejected', 'policy'],
  [[131000, 131016], 500, 'retry', 'retry'], [[131008, 131009, 131020, 131021, 131026, 131041, 131051, 131053, 131059, 131062, 131201, 131215], 400, 'rejected', 'permanent'],
  [[131030, 131037, 131042, 131044, 131045], 400, 'rejected', 'config'], [[131047], 400, 'rejected', 'needs_template'], [[131048], 400, 'rejected', 'fall_back'],
  [[131049, 131050, 137000], 400, 'rejected', 'policy'], [[131056], 400, 'retry', 'pair_limit'], [[131057, 133000, 133004, 133015], 500, 'retry', 'retry'],
  [[132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068], 400, 'rejected', 'permanent'], [[132069], 400, 'retry', 'retry'],
  [[133005, 133010, 134011], 400, 'rejected', 'config'], [[135000], 400, 'retry', 'permanent'], [[138000, 139100, 2388040], 400, 'rejected', 'permanent'], [[2494100, 2593107], 400, 'retry', 'retry'],
];
test('every code of the reference leads where it says', () => {
  for (const [codes, status, outcome, errorClass] of expected) {
    for (const code of codes) {
      const result = classify(meta(status, code));
      assert.deepEqual([code, result.outcome, error(result).class], [code, outcome, errorClass]);
      assert.equal(error(result).code, String(code));
      if (result.outcome === 'retry') assert.ok(result.after_ms! > 0 && result.max_attempts! > 1);
    }
  }
  assert.ok(KNOWN_CODES.length > 70);
  for (const code of KNOWN_CODES) assert.match(ruleFor(code)!.say, /^[A-Z].*\.$/);
});

test('the code decides, not the HTTP status: rates come as 400 and as 429', () => {
  for (const status of [400, 429, 500]) assert.equal(classify(meta(status, 130429)).outcome, 'retry');
  assert.equal(classify(meta(500, 131051)).outcome, 'rejected');
});

test('a subcode can say more than its code', () => {
  const result = classify(meta(400, 100, { error_subcode: 33 }));
  assert.equal(error(result).class, 'config');
  assert.match(error(result).title, /phone_number_id/);
});

test('pauses grow with the tries, end at a limit, and yield to the carrier’s wish', () => {
  const pair = (n: number) => classify(meta(400, 131056), n);
  assert.deepEqual([1, 2, 3, 4, 9].map((n) => { const o = pair(n); return o.outcome === 'retry' && o.after_ms; }), [4_000, 16_000, 64_000, 256_000, 3_600_000]);
  const usage = { 'x-business-use-case-usage': '{"1":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":7}]}' };
  const quota = classify(meta(400, 80007, {}, usage));
  assert.equal(quota.outcome === 'retry' && quota.after_ms, 420_000);
  const retryAfter = classify(answer(429, 'slow', { 'retry-after': '9' }));
  assert.equal(retryAfter.outcome === 'retry' && retryAfter.after_ms, 9_000);
});

test('details, user texts and the trace are kept', () => {
  const e = error(classify(meta(400, 131009, { error_data: { details: 'Parameter value is not valid' }, error_user_msg: 'Please…' })));
  assert.deepEqual([e.detail, e.trace, e.http_status], ['Parameter value is not valid', 'A', 400]);
});

test('codes that we do not know go by their status', () => {
  assert.deepEqual([classify(meta(400, 999999)).outcome, error(classify(meta(400, 999999))).class], ['rejected', 'permanent']);
  assert.equal(error(classify(meta(401, 999999))).class, 'credentials');
  assert.deepEqual([classify(meta(429, 999999)).outcome, error(classify(meta(429, 999999))).class], ['retry', 'slow_down']);
  assert.equal(classify(meta(500, 999999, { is_transient: true })).outcome, 'retry');
  assert.equal(classify(meta(500, 999999)).outcome, 'unknown');
});

test('answers that are not Meta’s', () => {
  const cases: [number, SendOutcome['outcome'], ErrorClass][] = [
    [301, 'rejected', 'config'], [400, 'rejected', 'permanent'], [401, 'rejected', 'credentials'], [403, 'rejected', 'credentials'], [404, 'rejected', 'config'], [408, 'unknown', 'unknown'],
    [413, 'rejected', 'permanent'], [429, 'retry', 'slow_down'], [500, 'unknown', 'unknown'], [502, 'unknown', 'unknown'], [504, 'unknown', 'unknown'],
  ];
  for (const [status, outcome, errorClass] of cases) {
    for (const body of ['<html>Bad gateway</html>', '', '{}', '{"error":"down"}', '{"error":{}}', 'null']) {
      const result = classify(answer(status, body));
      assert.deepEqual([status, result.outcome, error(result).class], [status, outcome, errorClass]);
    }
  }
});

test('accepted needs a message id', () => {
  const ok = { messaging_product: 'whatsapp', contacts: [{ input: '+1', wa_id: '494912345678', user_id: 'US.1' }], messages: [{ id: 'wamid.H', message_status: 'held_for_quality_assessment' }] };
  assert.deepEqual(classify(answer(200, ok)), { outcome: 'accepted', remote_id: 'wamid.H', wa_id: '494912345678', user_id: 'US.1', note: 'held_for_quality_assessment' });
  assert.deepEqual(classify(answer(200, { messages: [{ id: 'w', message_status: 'accepted' }] })), { outcome: 'accepted', remote_id: 'w' });
  for (const body of ['', 'ok', {}, { messages: [] }, { messages: [{}] }, { messages: {} }, { success: true }]) assert.equal(classify(answer(200, body)).outcome, 'unknown');
});

test('a failed exchange: never left → retry; may have arrived → unknown; unusable → rejected', () => {
  const fail = (kind: HttpError['kind'], sent: boolean) => classifyFailure(new HttpError(kind, 'words', { sent }));
  for (const kind of ['timeout', 'broken', 'too_large', 'blocked', 'connect'] as const) assert.equal(fail(kind, true).outcome, 'unknown');
  for (const kind of ['connect', 'timeout'] as const) assert.equal(fail(kind, false).outcome, 'retry');
  for (const kind of ['blocked', 'invalid_url'] as const) assert.equal(fail(kind, false).outcome, 'rejected');
  assert.throws(() => classifyFailure(new TypeError('bug')), TypeError);
  assert.equal(harmless(fail('broken', true))?.class, 'retry');
});

test('errors of statuses speak the same words', () => {
  assert.deepEqual(explainStatusError({ code: '131047', title: 'Re-engagement message', detail: 'd' }), { class: 'needs_template', code: '131047', title: ruleFor('131047')!.say, detail: 'd' });
  assert.deepEqual(explainStatusError({ code: '77', title: 'Odd' }), { class: 'permanent', code: '77', title: 'Odd', detail: 'Odd' });
});

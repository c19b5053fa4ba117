import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RouteLimits } from '../../providers/contract.ts';
import { Pace } from './pace.ts';

const limits = (more: Partial<RouteLimits> = {}): RouteLimits => ({ perSecond: 10, inFlight: 5, pair: { burst: 3, everyMs: 6000 }, ...more });
/** Sends as much as it may at this moment. */
function drain(pace: Pace, now: number): number {
  const n = pace.available(now);
  for (let i = 0; i < n; i++) pace.spend();
  return n;
}

test('a second’s worth at once, then as fast as the rate, and no more after a long rest', () => {
  const pace = new Pace(limits(), 0);
  assert.equal(drain(pace, 0), 10);
  assert.equal(drain(pace, 50), 0);
  assert.equal(pace.wait(50), 50);
  assert.equal(drain(pace, 100), 1);
  assert.equal(drain(pace, 3_600_000), 10);
  assert.equal(pace.inFlight, 5);
});

test('whatever the moments of asking, never more than the burst and the rate', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 }), fc.constantFrom(0.2, 1, 3.5, 80), (gaps, perSecond) => {
    const pace = new Pace(limits({ perSecond }), 0);
    let now = 0;
    let sent = 0;
    for (const gap of gaps) {
      now += gap;
      sent += drain(pace, now);
      assert.ok(sent <= Math.max(perSecond, 1) + (perSecond * now) / 1000 + 1e-6, `${sent} in ${now} ms`);
    }
  }));
});

test('whoever waits as long as told may go, also at less than one a second', () => {
  for (const perSecond of [0.2, 0.9, 1, 80]) {
    const pace = new Pace(limits({ perSecond }), 0);
    drain(pace, 0);
    const wait = pace.wait(0);
    assert.ok(wait > 0 && wait <= 1000 / perSecond + 1, String(wait));
    assert.equal(pace.wait(wait), 0);
    assert.equal(drain(pace, wait), 1);
  }
});

test('asked to slow down: nothing for a moment, half the rate, back to the old one in some seconds', () => {
  const pace = new Pace(limits(), 0);
  pace.slowDown();
  assert.equal(pace.available(0), 0);
  const wait = pace.wait(0);
  assert.ok(wait > 150 && wait <= 200, String(wait));
  drain(pace, wait);
  pace.slowDown();
  assert.ok(pace.wait(wait) >= 300, 'asked twice, a quarter');
  const slow = new Pace(limits(), 0);
  for (let i = 0; i < 20; i++) slow.slowDown();
  assert.ok(slow.wait(0) <= 1000, 'one a second at the slowest');
  slow.available(60_000);
  drain(slow, 60_000);
  assert.equal(slow.wait(60_000), 100, 'the old rate');
  const web = new Pace(limits({ perSecond: 0.5 }), 0);
  web.slowDown();
  assert.equal(web.wait(0), 2000, 'never faster for being asked to slow down');
});

test('a contact has its own burst and rate; others do not wait for it', () => {
  const pace = new Pace(limits(), 0);
  assert.deepEqual([pace.pair('ana', 0), pace.pair('ana', 0), pace.pair('ana', 0), pace.pair('ana', 0)], [0, 0, 0, 6000]);
  assert.equal(pace.pair('eva', 0), 0);
  assert.ok(Math.abs(pace.pair('ana', 2000) - 4000) <= 1);
  assert.equal(pace.pair('ana', 6000), 0);
  assert.equal(pace.pair('ana', 6000), 6000);
});

test('a contact that the carrier holds waits for as long, whatever its bucket says', () => {
  const pace = new Pace(limits(), 0);
  pace.pair('ana', 0);
  pace.hold('ana', 10_000, 0);
  assert.equal(pace.pair('ana', 4000), 6000);
  assert.equal(pace.pair('ana', 10_000), 0);
});

test('a carrier without a rate per contact holds up nobody', () => {
  const pace = new Pace(limits({ pair: { burst: 0, everyMs: 0 } }), 0);
  for (let i = 0; i < 100; i++) assert.equal(pace.pair('ana', 0), 0);
});

test('a hundred thousand contacts one after the other do not stay in memory, and none gains by being forgotten', () => {
  const pace = new Pace(limits(), 0);
  pace.pair('held', 0);
  pace.hold('held', 3_600_000, 0);
  for (let i = 0; i < 100_000; i++) pace.pair(`c${i}`, i);
  for (let i = 0; i < 3; i++) pace.pair('busy', 100_000);
  for (let i = 0; i < 20; i++) pace.pair(`d${i}`, 100_000);
  assert.ok(pace.contacts < 25_000, String(pace.contacts));
  assert.equal(pace.pair('busy', 100_000), 6000);
  assert.ok(pace.pair('held', 100_000) > 0);
});

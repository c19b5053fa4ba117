import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HUMAN_LIKE, type RouteLimits } from '../../providers/contract.ts';
import { allowance, HumanTempo } from './human-pace.ts';
import { Pace } from './pace.ts';

const limits = (more: Partial<RouteLimits> = {}): RouteLimits => ({ perSecond: 10, inFlight: 5, pair: { burst: 3, everyMs: 6000 }, ...more });
/** Sends as much as it may at this moment. */
function drain(pace: Pace, now: number): number {
  const n = pace.available(now);
  for (let i = 0; i < n; i++) pace.spend(now);
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

test('while the carrier’s quota runs short it goes slower, the shorter the slower, and comes back step by step', () => {
  const rates = [0, 74, 80, 90, 100, 250].map((percent) => {
    const pace = new Pace(limits({ perSecond: 100 }), 0);
    pace.used({ percent, regain_ms: 0 }, 0);
    drain(pace, 0);
    return drain(pace, 1000);
  });
  assert.deepEqual(rates.slice(0, 2), [100, 100], 'plenty left');
  assert.ok(rates[2]! < 100 && rates[3]! < rates[2]! && rates[4]! < rates[3]! && rates[4] === rates[5], String(rates));
  assert.ok(rates[4]! >= 5, 'never stopped for it');

  const pace = new Pace(limits({ perSecond: 100 }), 0);
  pace.used({ percent: 100, regain_ms: 0 }, 0);
  drain(pace, 0);
  const per = (second: number): number => {
    drain(pace, (second - 1) * 1000);
    return drain(pace, second * 1000);
  };
  const [soon, later, atLast] = [per(5), per(50), per(200)];
  assert.ok(soon < 15 && later > soon && later < 70 && atLast === 100, `${soon} ${later} ${atLast}`);
});

test('blocked by the carrier for some minutes: nothing before, then slowly again; at most a quarter of an hour is believed', () => {
  const pace = new Pace(limits(), 0);
  pace.used({ percent: 100, regain_ms: 180_000 }, 0);
  assert.deepEqual([pace.available(0), pace.available(179_999), pace.wait(60_000)], [0, 0, 120_000]);
  assert.ok(pace.available(180_000) >= 1);
  pace.used({ percent: 100, regain_ms: 86_400_000 }, 180_000);
  assert.equal(pace.wait(180_000), 900_000);
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const human = { spacingMs: [1000, 5000] as const, perDay: 100, newShare: 0.2, warmUp: { firstDay: 10, days: 10 } };
/** Draws 0, ¼, ½, ¾, 0, … */
function tempo({ age = 30 * DAY, now = 0 } = {}): HumanTempo {
  let draw = 0;
  return new HumanTempo(human, { since: now - age, random: () => (draw++ % 4) / 4 });
}

test('like a person: one at a time, each pause another, none shorter or longer than said', () => {
  const pace = new Pace(limits({ human }), 0, tempo());
  assert.equal(pace.inFlight, 1);
  let now = 0;
  const pauses: number[] = [];
  for (let i = 0; i < 8; i++) {
    assert.equal(pace.available(now), 1);
    pace.spend(now);
    assert.equal(pace.available(now), 0);
    const wait = pace.wait(now);
    pauses.push(wait);
    now += wait;
  }
  assert.deepEqual(pauses, [1000, 2000, 3000, 4000, 1000, 2000, 3000, 4000]);
});

test('a young number begins with a few conversations a day, and may begin more as it grows older', () => {
  assert.deepEqual([0, 1, 5, 9.99, 10, 400].map((days) => allowance(human, days * DAY)), [10, 19, 55, 99, 100, 100]);
  assert.equal(allowance(human, -DAY), 10, 'a clock that is wrong');
  assert.equal(allowance({ ...human, perDay: 5 }, 0), 5, 'never more than the cap');
  assert.ok(allowance(HUMAN_LIKE, 0) < allowance(HUMAN_LIKE, 7 * DAY));
});

test('so much begun within 24 hours and no more; who comes next waits until the first of it is a day old', () => {
  const t = tempo();
  for (let i = 0; i < 60; i++) t.began(HOUR + i, false);
  for (let i = 0; i < 40; i++) {
    assert.equal(t.mayBegin(5 * HOUR, false), 0);
    t.began(5 * HOUR, false);
  }
  assert.equal(t.mayBegin(6 * HOUR, false), 19 * HOUR, 'until the hour of the first is a day ago');
  assert.equal(t.mayBegin(25 * HOUR, false), 0);
  for (let i = 0; i < 60; i++) t.began(25 * HOUR, false);
  assert.equal(t.mayBegin(25 * HOUR, false), 4 * HOUR);
});

test('only a part of it goes to people the number never wrote to', () => {
  const t = tempo();
  for (let i = 0; i < 20; i++) {
    assert.equal(t.mayBegin(HOUR, true), 0);
    t.began(HOUR, true);
  }
  assert.equal(t.mayBegin(HOUR, true), DAY);
  assert.equal(t.mayBegin(HOUR, false), 0, 'known people may still be written to');
});

test('another process goes on counting where the last one was', () => {
  const t = tempo({ age: 0, now: 2 * HOUR });
  t.load([{ kind: 'begun', hour: HOUR, n: 9 }, { kind: 'stranger', hour: HOUR, n: 2 }]);
  assert.deepEqual([t.mayBegin(2 * HOUR, false), t.mayBegin(2 * HOUR, true)], [0, 23 * HOUR]);
  t.began(2 * HOUR, false);
  assert.ok(t.mayBegin(2 * HOUR, false) > 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BusinessHours } from '@centralita/contracts/api';
import { isOpen } from './business-hours.ts';

const day = { start: '09:00', end: '18:00' };
const hours: BusinessHours = {
  enabled: true, timezone: 'America/Argentina/Buenos_Aires',
  schedule: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: { start: '10:00', end: '24:00' }, sunday: null },
};

test('open by the bot’s own clock: from the beginning, not at the end, never on a day off', () => {
  // 2026-11-23 is a Monday; Buenos Aires is three hours behind UTC.
  const cases: [string, boolean][] = [
    ['2026-11-23T11:59:00Z', false], ['2026-11-23T12:00:00Z', true], ['2026-11-23T20:59:59Z', true], ['2026-11-23T21:00:00Z', false],
    ['2026-11-22T15:00:00Z', false], ['2026-11-22T02:59:00Z', true], ['2026-11-22T03:00:00Z', false],
  ];
  for (const [at, open] of cases) assert.equal(isOpen(hours, at), open, at);
  assert.equal(isOpen({ ...hours, enabled: false }, '2026-11-22T15:00:00Z'), true);
  assert.equal(isOpen(null, '2026-11-22T15:00:00Z'), true);
});

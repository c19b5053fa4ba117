import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usageOf } from './usage.ts';

const header = (value: unknown): Record<string, string> => ({ 'x-business-use-case-usage': typeof value === 'string' ? value : JSON.stringify(value) });
const use = (more: object): object => ({ type: 'whatsapp', call_count: 0, total_cputime: 0, total_time: 0, estimated_time_to_regain_access: 0, ...more });

test('the worst of all figures counts', () => {
  assert.deepEqual(usageOf(header({ 1: [use({ call_count: 60 }), use({ total_time: 93 })], 2: [use({ total_cputime: 71 })] })), { percent: 93, regain_ms: 0 });
});

test('minutes until calls are taken again', () => {
  assert.deepEqual(usageOf(header({ 1: [use({ call_count: 100, estimated_time_to_regain_access: 7 })] })), { percent: 100, regain_ms: 420_000 });
});

test('plenty left, or nothing readable: nothing to heed', () => {
  for (const value of [{ 1: [use({ call_count: 49 })] }, {}, { 1: 'x' }, [], 'null', 'no json', { 1: [use({ call_count: 'many' })] }, { 1: [null] }]) assert.equal(usageOf(header(value)), undefined, JSON.stringify(value));
  assert.equal(usageOf({}), undefined);
});

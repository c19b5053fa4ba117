import assert from 'node:assert/strict';
import { test } from 'node:test';
import { e164, parsePhone, phoneVariants } from './phone-numbers.ts';

test('a number is taken as digits, as E.164 and with signs between, and never changed', () => {
  for (const text of ['593987654321', '+593987654321', ' +593 98 765 4321 ', '+593 (98) 765-4321', 'tel:+593987654321']) assert.equal(parsePhone(text), '593987654321', text);
  assert.equal(parsePhone('+5491133334444'), '5491133334444');
  assert.equal(parsePhone('525512345678'), '525512345678');
  assert.equal(e164('593987654321'), '+593987654321');
  for (const text of ['', '12', 'hola', '+0123456789', '1234567890123456', '12-34 / 5 pm', 'US.13491208655302741918']) assert.equal(parsePhone(text), undefined, text);
});

test('the two ways of Brazil, Mexico and Argentina are told together', () => {
  const pairs: [string, string][] = [['5511987654321', '551187654321'], ['5215512345678', '525512345678'], ['5491133334444', '541133334444']];
  for (const [a, b] of pairs) {
    assert.deepEqual(phoneVariants(a), [a, b]);
    assert.deepEqual(phoneVariants(b), [b, a]);
  }
  // A Brazilian land line has no 9, other countries no variants.
  assert.deepEqual(phoneVariants('551133334444'), ['551133334444']);
  assert.deepEqual(phoneVariants('56961234567'), ['56961234567']);
});

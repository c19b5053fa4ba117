import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayLabel, fileSize, hueOf, initials, phoneNumber, playTime, price, shortTime, timeLeft } from './format.ts';

const at = (text: string): string => new Date(text).toISOString();
const now = Date.parse('2025-11-20T15:00:00');

describe('times', () => {
  it('says only as much as is needed', () => {
    assert.equal(shortTime(at('2025-11-20T09:05:00'), 'en', now), '09:05');
    assert.equal(shortTime(at('2025-11-19T23:59:00'), 'es', now), 'Ayer');
    assert.equal(shortTime(at('2025-11-17T10:00:00'), 'en', now), 'Mon');
    assert.equal(shortTime(at('2025-11-03T10:00:00'), 'en', now), 'Nov 3');
    assert.match(shortTime(at('2024-11-03T10:00:00'), 'pt', now), /03\/11\/24/);
  });
  it('names the day between messages', () => {
    assert.equal(dayLabel(at('2025-11-20T00:01:00'), 'en', now), 'Today');
    assert.equal(dayLabel(at('2025-11-19T00:01:00'), 'pt', now), 'Ontem');
    assert.match(dayLabel(at('2025-11-17T10:00:00'), 'es', now), /^Lunes.*17.*noviembre$/);
    assert.match(dayLabel(at('2023-02-01T10:00:00'), 'en', now), /February 1, 2023/);
  });
  it('counts the window down and knows when it is over', () => {
    assert.deepEqual(timeLeft(new Date(now + 23 * 3_600_000 + 10 * 60_000 + 5_000).toISOString(), now), { hours: 23, minutes: 10 });
    assert.deepEqual(timeLeft(new Date(now + 20_000).toISOString(), now), { hours: 0, minutes: 0 });
    assert.equal(timeLeft(new Date(now).toISOString(), now), null);
  });
  it('shows play time', () => {
    assert.equal(playTime(7.9), '0:07');
    assert.equal(playTime(3723), '1:02:03');
    assert.equal(playTime(Number.NaN), '0:00');
    assert.equal(playTime(Number.POSITIVE_INFINITY), '0:00');
  });
});

describe('numbers', () => {
  it('sizes of files', () => {
    assert.equal(fileSize(812, 'en'), '812 B');
    assert.equal(fileSize(24_300, 'en'), '24 kB');
    assert.equal(fileSize(3_440_000, 'es'), '3,4 MB');
  });
  it('groups telephone numbers behind their country code', () => {
    assert.equal(phoneNumber('51987654321'), '+51 987 654 321');
    assert.equal(phoneNumber('+15551234567'), '+1 555 123 4567');
    assert.equal(phoneNumber('5511987654321'), '+55 11 98765 4321');
    assert.equal(phoneNumber('593991234567'), '+593 99 123 4567');
    assert.equal(phoneNumber('56961234567'), '+56 9 6123 4567');
    assert.equal(phoneNumber('5491133334444'), '+54 9 11 3333 4444');
    assert.equal(phoneNumber('525512345678'), '+52 55 1234 5678');
    assert.equal(phoneNumber('50212345678'), '+502 1234 5678');
    assert.equal(phoneNumber('US.13491208655302741918'), 'US.13491208655302741918');
  });
  it('prices, with a currency nobody knows too', () => {
    assert.equal(price(12.5, 'USD', 'en'), '$12.50');
    assert.equal(price(3, 'bonus', 'en'), '3 bonus');
  });
});

describe('avatars', () => {
  it('takes initials from names in any alphabet, none from numbers and emoji', () => {
    assert.equal(initials('María José Pérez'), 'MP');
    assert.equal(initials('ana'), 'A');
    assert.equal(initials('Юлия'), 'Ю');
    assert.equal(initials('🌻 Rosa'), 'R');
    assert.equal(initials('+51 999'), null);
    assert.equal(initials(null), null);
  });
  it('keeps a colour for an id', () => {
    assert.equal(hueOf('ctc_1'), hueOf('ctc_1'));
    assert.notEqual(hueOf('ctc_1'), hueOf('ctc_2'));
  });
});

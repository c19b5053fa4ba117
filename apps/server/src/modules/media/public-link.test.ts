import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSealer } from '@centralita/platform/crypto';
import type { Runtime } from '../../runtime.ts';
import { openLink, publicLink } from './public-link.ts';

let now = 1_000_000;
const rt = (key: number): Runtime => ({ config: { publicUrl: 'https://centralita.example' }, sealer: createSealer(Buffer.alloc(32, key)), clock: { now: () => now } }) as unknown as Runtime;
const owner = { id: 'c1', schema: 'c_1' } as never;

test('an address opens one file for some hours, and nobody else can make one', () => {
  const link = publicLink(rt(1), owner, 'm1');
  const token = link.slice('https://centralita.example/files/'.length);
  assert.match(link, /^https:\/\/centralita\.example\/files\/[\w.-]+$/, 'fit for an address, and it tells nothing');
  assert.deepEqual(openLink(rt(1), token), { companyId: 'c1', id: 'm1' });
  assert.equal(openLink(rt(2), token), undefined, 'sealed with another key');
  for (const forged of ['', 'x', `${token}x`, token.slice(1), createSealer(Buffer.alloc(32, 1)).seal('{"companyId":"c2"}'), createSealer(Buffer.alloc(32, 1)).seal('["c1","m1"]')]) assert.equal(openLink(rt(1), forged), undefined, forged);
  now += 6 * 3_600_000;
  assert.equal(openLink(rt(1), token), undefined, 'its time is over');
});

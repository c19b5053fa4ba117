import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listenHttp } from '../../apps/server/src/main/testing/http.ts';
import { withDatabase } from '../harness/database.ts';
import { launchChromium } from '../harness/chromium.ts';
import { requireTool } from '../harness/tools.ts';
import type { Scope } from '../harness/defer.ts';

test('the reference shows every chapter in a browser, within the pages’ policy', async (t) => {
  requireTool(t, 'chromium');
  const { url: databaseUrl } = await withDatabase(t as unknown as Scope);
  const { url } = await listenHttp(t as unknown as Scope, { databaseUrl });
  const browser = await launchChromium(t as unknown as Scope);
  const page = await browser.newPage();
  const wrong: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && /^https?:/.test(request.url())) foreign.push(request.url());
  });
  await page.goto(`${url}/docs`);
  await page.locator('.opblock-tag').first().waitFor();
  const chapters = await page.locator('.opblock-tag').allTextContents();
  assert.ok(chapters.length >= 10, chapters.join());
  assert.deepEqual([wrong, foreign], [[], []]);
});

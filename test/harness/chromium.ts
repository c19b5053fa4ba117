import { chromium, type Browser } from 'playwright-core';
import { defer, type Scope } from './defer.ts';
import { tools } from './tools.ts';

/** Debian's Chromium without a window (call `requireTool(t, 'chromium')` first); closed with the test. */
export async function launchChromium(t: Scope): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: tools.chromium.find(),
    // No sandbox: tests run as root in CI. The rest keeps it from calling home.
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run'],
  });
  defer(t, () => browser.close());
  return browser;
}

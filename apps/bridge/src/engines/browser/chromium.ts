import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** The browser that sessions run in: the one named, else the first of the usual places. */
export function findChromium(named: string | undefined): string | undefined {
  if (named !== undefined) return existsSync(named) ? named : undefined;
  return PLACES.find((path) => existsSync(path));
}

/** How every session's browser is started. One renderer with a bounded heap; nothing that asks the network for itself. */
export function chromiumArguments(more: readonly string[]): string[] {
  return [
    // Chromium refuses to run as root inside its own sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-setuid-sandbox'] : []),
    '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-extensions', '--disable-default-apps', '--no-first-run', '--mute-audio', '--disable-breakpad', '--renderer-process-limit=2',
    '--js-flags=--max-old-space-size=512', ...more,
  ];
}

/** Locks that a killed browser left in its profile: the next one would refuse to use it. */
export async function removeLocks(profile: string): Promise<void> {
  await Promise.all(['SingletonLock', 'SingletonCookie', 'SingletonSocket'].map((name) => rm(join(profile, name), { force: true })));
}

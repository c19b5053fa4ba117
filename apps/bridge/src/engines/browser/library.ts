import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '@centralita/platform/environment';
import type { Logger } from '@centralita/platform/log';

/** Libraries that drive WhatsApp Web in a browser, and the packages they come in. */
export const LIBRARIES = {
  wwebjs: { module: 'whatsapp-web.js', megabytes: 90 },
  wppconnect: { module: '@wppconnect-team/wppconnect', megabytes: 360 },
  venom: { module: 'venom-bot', megabytes: 150 },
} as const;
export type LibraryName = keyof typeof LIBRARIES;

const folder = (name: LibraryName): string => fileURLToPath(new URL(`../../../engines/${name}`, import.meta.url));

/** Whether exactly the version that Centralita names is there. */
export function isInstalled(name: LibraryName): boolean {
  const at = join(folder(name), 'node_modules', LIBRARIES[name].module, 'package.json');
  if (!existsSync(at)) return false;
  const wanted = JSON.parse(readFileSync(join(folder(name), 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  return (JSON.parse(readFileSync(at, 'utf8')) as { version: string }).version === wanted.dependencies[LIBRARIES[name].module];
}

/**
 * Loads the library, and installs it before the first time (`npm ci` in its own folder, its versions locked there): these are hundreds of
 * megabytes that hosts of other engines never need. No install script runs, no browser is downloaded.
 * Throws with what to do when npm does not succeed.
 */
export async function loadLibrary<T>(name: LibraryName, log: Logger): Promise<T> {
  if (!isInstalled(name)) {
    log.info({ engine: name, megabytes: LIBRARIES[name].megabytes }, 'installing the library of this engine; some seconds');
    await install(name);
    log.info({ engine: name }, 'the library of this engine is installed');
  }
  return loadPart<T>(name, LIBRARIES[name].module);
}

/** A module of an installed library, or of what it brings. */
export function loadPart<T>(name: LibraryName, module: string): T {
  const load: (id: string) => unknown = createRequire(join(folder(name), 'package.json'));
  return load(module) as T;
}

const running = new Map<LibraryName, Promise<void>>();
function install(name: LibraryName): Promise<void> {
  const begun = running.get(name) ?? npmCi(name).finally(() => running.delete(name));
  running.set(name, begun);
  return begun;
}

function npmCi(name: LibraryName): Promise<void> {
  const env = environment();
  // npm of the machine, not one of a project whose node_modules is first on the path.
  const path = (env['PATH'] ?? '').split(delimiter).filter((part) => !part.includes(`node_modules${sep}.bin`)).join(delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder(name), env: { PATH: path, HOME: env['HOME'] ?? '/', ...npmSettings(env) }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-4000);
      });
    }
    const fail = (why: string): void => reject(new Error(`The library of the engine ${name} could not be installed (${why}). Run "npm ci --ignore-scripts" in apps/bridge/engines/${name}, and start the host again.\n${output.trim()}`));
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => (code === 0 ? resolve() : fail(`npm ended with ${code ?? 'a signal'}`)));
  });
}

/** Where npm finds its registry and proxies; nothing else of this process, least of all its secrets. */
function npmSettings(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const wanted = /^(npm_config_|NODE_EXTRA_CA_CERTS$|https?_proxy$|no_proxy$)/i;
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined && wanted.test(pair[0])));
}

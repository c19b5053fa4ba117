import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { runCli, startServer, type TestServer } from '../../apps/server/src/main/testing/server.ts';
import { launchChromium } from '../harness/chromium.ts';
import { withDatabase } from '../harness/database.ts';
import { defer, type Scope } from '../harness/defer.ts';
import { dataFolder } from '../harness/processes.ts';

/** Milliseconds that a page may take for anything a person waits for. */
const PATIENCE = 30_000;

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}

/** The program with its sandbox and demo, on a database of the tests' PostgreSQL (one of its own costs 3 s at each start), and a browser. */
export interface Stage {
  readonly server: TestServer;
  readonly browser: Browser;
  readonly administrator: Person;
  /** Adds somebody by the command line; an agent if no role is named. */
  person(email: string, name: string, role?: string): Promise<Person>;
  /** A window of somebody of their own: no cookie is shared. What it complains about is in `complaints`. */
  open(t: Scope, options?: BrowserContextOptions): Promise<Window>;
}
export interface Window {
  readonly page: Page;
  /** Errors of the console, of scripts and of requests: a page that works has none (and breaks no content security policy). */
  readonly complaints: readonly string[];
  assertQuiet(expected?: RegExp): void;
}

/** `env`: settings other than the usual ones. */
export async function openStage(t: Scope, env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const { url: databaseUrl } = await withDatabase(t);
  const server = await startServer(t, { data: dataFolder(t, { on: 'memory' }), env: { DATABASE_URL: databaseUrl, CENTRALITA_SANDBOX: 'on', CENTRALITA_DEMO: 'on', CENTRALITA_ADMIN_EMAIL: 'carolina@demo.test', CENTRALITA_ADMIN_PASSWORD: 'clave de Carolina', ...env } });
  defer(t, () => assert.ok(server.app.running, `the server ended by itself:\n${server.app.output().slice(-4000)}`));
  const browser = await launchChromium(t);
  return {
    server, browser, administrator: { email: 'carolina@demo.test', password: 'clave de Carolina', name: 'Carolina' },
    async person(email, name, role = 'agent') {
      const { stdout, stderr } = await runCli(['user', 'add', email, '--name', name, '--company', 'demo', '--role', role], { env: { CENTRALITA_DATA: server.data, DATABASE_URL: databaseUrl } });
      const password = /password +(\S+)/.exec(stdout + stderr)?.[1];
      assert.ok(password, `the command line shows a password once:\n${stdout}${stderr}`);
      return { email, password, name };
    },
    async open(scope, options) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'es-CL', timezoneId: 'America/Santiago', ...options });
      defer(scope, () => context.close());
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      return { page, complaints, assertQuiet: (expected) => assert.deepEqual(complaints.filter((line) => !expected?.test(line)), []) };
    },
  };
}

/** The browser itself reports a 401 as an error; a page that asks who is signed in cannot keep it from doing so. */
export const NOT_SIGNED_IN = /status of 401 .*\/api\/(me|login)\)$/;

/** Signs in on the page that asks for it, wherever that page was heading. */
export async function signIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>, heading = 'Bandeja'): Promise<void> {
  await page.getByLabel('Correo electrónico').fill(email);
  await page.getByLabel('Contraseña', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByRole('heading', { name: heading }).first().waitFor();
}

/** What happens at the carrier's side: a customer writes, something fails. */
export async function sandbox(on: Stage, path: string, body: unknown): Promise<void> {
  const answer = await fetch(on.server.sandbox + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal(answer.status, 201);
}

/** What a person does with the inbox. */
export function inboxOf(page: Page) {
  return {
    row: (name: string): Locator => page.getByRole('region', { name: 'Conversaciones' }).getByRole('link', { name: new RegExp(`^${name}`) }),
    thread: page.getByRole('log', { name: 'Mensajes' }),
    /** A message by some of its words. */
    message: (text: string | RegExp): Locator => page.getByRole('log', { name: 'Mensajes' }).getByRole('article').filter({ hasText: text }),
    composer: page.getByRole('textbox', { name: 'Mensaje' }),
    async write(text: string): Promise<void> {
      await page.getByRole('textbox', { name: 'Mensaje' }).fill(text);
      await page.keyboard.press('Enter');
    },
    status: (text: string, status: string): Locator => page.getByRole('article').filter({ hasText: text }).getByRole('button', { name: `Estado: ${status}` }),
  };
}

/** A phone that lies on the sandbox's desk. */
export function phoneOf(page: Page, name: string) {
  const phone = page.getByRole('region', { name: `Teléfono de ${name}` });
  return {
    phone,
    got: (text: string | RegExp): Locator => phone.locator('article.in').filter({ hasText: text }),
    sent: (text: string | RegExp): Locator => phone.locator('article.out').filter({ hasText: text }),
    tap: (button: string): Promise<void> => phone.getByRole('button', { name: button }).last().click(),
    async turn(what: string, on: boolean): Promise<void> {
      await phone.getByRole('button', { name: 'Opciones del teléfono' }).click();
      await page.getByRole('switch', { name: what }).setChecked(on);
      await page.keyboard.press('Escape');
    },
    async write(text: string): Promise<void> {
      await phone.getByRole('textbox', { name: 'Escribe un mensaje' }).fill(text);
      await phone.getByRole('textbox', { name: 'Escribe un mensaje' }).press('Enter');
    },
  };
}

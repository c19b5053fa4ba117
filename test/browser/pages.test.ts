import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Scope } from '../harness/defer.ts';
import { repository } from '../harness/processes.ts';
import { requireTool, tools } from '../harness/tools.ts';
import { inboxOf, NOT_SIGNED_IN, openStage, sandbox, signIn, type Stage } from './stage.ts';

/**
 * Compressed script until the list of conversations can be read, in bytes, the live connection included. 232 kB on the day it was set:
 * React 64, the router 20, i18next 17, virtual rows and Socket.IO 22. Raise it only for something that an agent sees.
 */
const FIRST_PAINT = 234_000;
/** What a phone on a bad line waits for before it sees the login form. */
const LOGIN = 178_000;

let stage: Stage;
before(async (t) => {
  if (tools.chromium.find()) stage = await openStage(t as unknown as Scope);
});

const customer = (on: Stage): Promise<void> => sandbox(on, '/sandbox/phones/56961234567/messages', { type: 'text', text: 'hola' });

test('no page breaks the content security policy, or complains of anything else', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  await customer(stage);
  const { page, assertQuiet } = await stage.open(t);
  const { url } = stage.server;
  const answer = await page.goto(url);
  assert.match(answer?.headers()['content-security-policy'] ?? '', /default-src 'self'/);
  await signIn(page, stage.administrator);
  await inboxOf(page).row('Ana Rojas').click();
  await inboxOf(page).message('asistente virtual').waitFor();
  const conversation = page.url();
  // What is fetched only when it is wanted: details, history of a message, help, menus.
  await inboxOf(page).status('asistente virtual', 'Leído').click();
  await page.getByText('Qué pasó con este mensaje').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Detalles' }).click();
  await page.getByRole('complementary', { name: 'Detalles de la conversación' }).waitFor();
  await page.getByRole('heading', { name: 'Ana Rojas' }).click();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Atajos de teclado' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('asist virtual');
  await inboxOf(page).row('Ana Rojas').locator('mark').filter({ hasText: 'asistente' }).waitFor();
  await page.getByRole('searchbox').fill('nadie dijo esto');
  await page.getByText('Nada encontrado').waitFor();
  for (const [tab, empty] of [['queues', 'Como está ahora mismo'], ['failed-webhooks', 'Todos los webhooks se pudieron leer'], ['unrouted', 'Cada evento encontró su cuenta'], ['dead-letters', 'No hay nada apartado']] as const) {
    await page.goto(`${url}/operations?tab=${tab}`);
    await page.getByText(empty).waitFor();
  }
  await page.goto(`${url}/no-such-page`);
  await page.getByText('Esta página no existe').waitFor();
  await page.goto(`${url}/inbox/conv_00000000000000000000000000`);
  await page.getByText('Esta conversación no existe').waitFor();
  for (const language of ['English', 'Português', 'Español']) {
    await page.goto(conversation);
    await page.getByRole('button', { name: /^(Tu menú|Your menu|Seu menu)/ }).click();
    await page.getByRole('menuitem', { name: language }).or(page.getByRole('menuitemradio', { name: language })).click();
    await page.locator(`html[lang=${language.slice(0, 2).toLowerCase().replace('po', 'pt')}]`).waitFor();
  }
  // Asking for what is not there is the point of that page.
  assertQuiet(new RegExp(`${NOT_SIGNED_IN.source}|status of 404 .*/api/conversations/conv_00000000000000000000000000`));

  const phones = await stage.open(t);
  await phones.page.goto(stage.server.sandbox);
  await phones.page.getByRole('region', { name: 'Teléfono de Ana Rojas' }).waitFor();
  phones.assertQuiet();
});

test('a phone\'s width: nothing sticks out, and the way back is there', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  await customer(stage);
  const { page, assertQuiet } = await stage.open(t, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const fits = async (): Promise<void> => assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${page.url()} is wider than the phone`);
  await page.goto(stage.server.url);
  await fits();
  await signIn(page, stage.administrator);
  await fits();
  await inboxOf(page).row('Ana Rojas').tap();
  await inboxOf(page).composer.waitFor();
  await fits();
  await page.getByRole('button', { name: 'Volver a la lista' }).tap();
  await inboxOf(page).row('Ana Rojas').waitFor();
  await page.goto(`${stage.server.url}/operations`);
  await page.getByRole('region', { name: 'Mensajes' }).waitFor();
  await fits();
  assertQuiet(NOT_SIGNED_IN);
});

test('the first look costs few bytes', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  await customer(stage);
  const { page } = await stage.open(t);
  let names: string[] = [];
  page.on('response', (response) => {
    const name = new URL(response.url()).pathname;
    if (response.request().resourceType() === 'script' && name.startsWith('/assets/')) names.push(name);
  });
  await page.goto(`${stage.server.url}/login`);
  await page.getByLabel('Correo electrónico').waitFor();
  // What comes ahead of its use meanwhile, the inbox, depends on how quick the machine is.
  const ahead = importedBy('layout', 'inbox');
  const login = gzipped(names.filter((name) => importedBy('login').has(name) || !ahead.has(name)));
  await signIn(page, stage.administrator);

  names = [];
  await page.goto(`${stage.server.url}/inbox`);
  await inboxOf(page).row('Ana Rojas').waitFor();
  const inbox = gzipped(names);
  t.diagnostic(`script until the inbox shows: ${inbox} bytes gzip; until the login shows: ${login}`);
  assert.ok(inbox > 50_000 && inbox <= FIRST_PAINT, `${inbox} bytes of gzip until the inbox shows, at most ${FIRST_PAINT} are allowed`);
  assert.ok(login <= LOGIN, `${login} bytes of gzip until the login shows, at most ${LOGIN} are allowed`);
});

/** Scripts that come with these pages, by the build's own list. */
function importedBy(...pages: readonly string[]): ReadonlySet<string> {
  const manifest = JSON.parse(readFileSync(join(repository, 'apps/web/dist/.vite/manifest.json'), 'utf8')) as Record<string, { file: string; isEntry?: boolean; imports?: string[] }>;
  const seen = new Set<string>();
  const add = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const imported of manifest[key]?.imports ?? []) add(imported);
  };
  for (const [key, { isEntry }] of Object.entries(manifest)) if (isEntry || pages.some((page) => key.endsWith(`/pages/${page}.tsx`))) add(key);
  return new Set([...seen].map((key) => `/${manifest[key]!.file}`));
}

/** What is served compressed has its copy beside it; small files have none. */
function gzipped(names: readonly string[]): number {
  return [...new Set(names)].reduce((sum, name) => {
    const path = join(repository, 'apps/web/dist', name);
    try {
      return sum + readFileSync(`${path}.gz`).length;
    } catch {
      return sum + readFileSync(path).length;
    }
  }, 0);
}

import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { runCli, startServer } from '../../apps/server/src/main/testing/server.ts';
import { launchChromium } from '../harness/chromium.ts';
import type { Scope } from '../harness/defer.ts';
import { dataFolder, repository } from '../harness/processes.ts';
import { waitFor } from '../harness/wait.ts';
import { tell, type Cast } from './tell.ts';
import { setClock } from './clock.ts';

/** Starts the program with an empty data folder, lets the people of people.ts write, and takes the pictures of the README. */

const MOST_BYTES = 300_000;
const { values } = parseArgs({ options: { out: { type: 'string', default: join(repository, 'docs/images') } } });
const out = values.out;

const cleanups: (() => unknown)[] = [];
const scope: Scope = { after: (fn) => cleanups.push(fn as () => unknown) };
try {
  await take();
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function take(): Promise<void> {
  mkdirSync(out, { recursive: true });
  const password = 'para las fotos';
  const data = dataFolder(scope, { on: 'memory' });
  const server = await startServer(scope, { data, env: { CENTRALITA_ADMIN_EMAIL: 'carolina@demo.example', CENTRALITA_ADMIN_PASSWORD: password } });
  const added = await runCli(['user', 'add', 'maria@demo.example', '--name', 'María Torres', '--company', 'demo'], { env: { CENTRALITA_DATA: data } });
  const mariasPassword = /password +(\S+)/.exec(added.stdout + added.stderr)?.[1] ?? '';
  const browser = await launchChromium(scope);
  const cast: Cast = { server, browser, logins: { carolina: { email: 'carolina@demo.example', password }, maria: { email: 'maria@demo.example', password: mariasPassword } } };
  const conversations = await tell(cast);

  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({ locale: 'es-CL', timezoneId: 'America/Santiago', reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    await setClock(page, conversations);
    await page.goto(`${server.url}/login`);
    await page.getByLabel('Correo electrónico').fill('carolina@demo.example');
    await page.getByLabel('Contraseña', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByRole('link', { name: /^Ana Rojas/ }).click();
    await page.getByText('Muchas gracias').last().waitFor();
    await page.getByRole('log').getByText('Hablar con alguien').waitFor();
    // The picture in the thread, and the unread number, have come.
    await waitFor(() => page.evaluate<boolean>('[...document.querySelectorAll("[role=log] img")].map((img) => img.complete && img.naturalWidth > 0).join() === "true"'), { what: 'the picture in the thread' });
    return page;
  };
  const desk = { viewport: { width: 1200, height: 740 }, deviceScaleFactor: 1.5 };

  const light = await open({ ...desk, colorScheme: 'light' });
  await light.getByRole('textbox', { name: 'Mensaje' }).fill('Con gusto, Ana. Si mañana sigue apagada');
  await shoot(light, 'inbox.png');
  const dark = await open({ ...desk, colorScheme: 'dark' });
  await dark.getByRole('link', { name: /^Rosa Huenchul/ }).click();
  await dark.getByText('No enviado').waitFor();
  await dark.getByRole('log').getByText('Hablar con alguien').waitFor();
  await shoot(dark, 'inbox-dark.png');
  const phone = await open({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, colorScheme: 'light' });
  await shoot(phone, 'inbox-phone.png');

  const context = await browser.newContext({ viewport: { width: 1120, height: 760 }, deviceScaleFactor: 1.25, locale: 'es-CL', timezoneId: whereItIsTen(), reducedMotion: 'reduce' });
  const phones = await context.newPage();
  await phones.goto(`${server.sandbox}/?phone=56961234567&phone=56922222222`);
  await phones.getByRole('region', { name: 'Teléfono de Ana Rojas' }).getByText('Muchas gracias').waitFor();
  await phones.getByRole('region', { name: 'Teléfono de Benito Soto' }).getByText('correo electrónico').waitFor();
  await waitFor(() => phones.evaluate<boolean>('[...document.images].every((img) => img.complete)'), { what: 'the pictures on the phones' });
  await shoot(phones, 'phones.png');
}

/** The phones show the real time; somewhere it is between ten and eleven in the morning. */
function whereItIsTen(): string {
  const offset = ((10 - new Date().getUTCHours() + 36) % 24) - 12;
  // The names of these zones count the other way round.
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

async function shoot(page: Page, name: string): Promise<void> {
  const path = join(out, name);
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  process.stdout.write(`${name}  ${Math.round(size / 1000)} kB\n`);
  if (size > MOST_BYTES) {
    rmSync(path);
    throw new Error(`${name} would be ${size} bytes; a picture of the README may have ${MOST_BYTES}. Take it smaller.`);
  }
}

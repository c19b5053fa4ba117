/** The page in a real Chromium: a phone in the hand. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { eventually, listen, PNG, startSandbox } from './testing/harness.ts';
import type { Business, Json, Running } from './testing/harness.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const PHONE = '56961234567';
let sandbox: Running;
let business: Business;
let browser: Browser;
const errors: string[] = [];

const skip = CHROMIUM === undefined && process.env['CI'] === undefined ? 'no Chromium here: apt-get install chromium' : false;

before(async () => {
  if (skip !== false) return;
  [sandbox, business, browser] = await Promise.all([startSandbox(), listen(), chromium.launch({
    executablePath: CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })]);
  await sandbox.call('POST', '/sandbox/webhook', { callback_url: business.url });
});
after(async () => {
  if (skip !== false) return;
  await browser.close();
  await sandbox.stop();
  await business.stop();
});

async function open(options: { locale: string; width: number; path?: string }): Promise<Page> {
  const page = await browser.newPage({ locale: options.locale, viewport: { width: options.width, height: 844 } });
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${sandbox.origin}${options.path ?? `/?phone=${PHONE}`}`);
  return page;
}

const lastHeard = (type: string): Promise<Json> => business.until(() => business.hooks.flatMap((hook) => hook.messages).findLast((message) => message['type'] === type) as unknown as Json | undefined);
const send = (message: Json): Promise<unknown> => sandbox.send({ to: PHONE, ...message });

test('one writes, sees ticks, taps buttons and lists, sends files, and sees what comes', { skip }, async () => {
  const page = await open({ locale: 'es-CL', width: 1280 });
  const phone = page.locator(`[data-phone="${PHONE}"]`);
  const bubble = (text: string): Locator => phone.locator('article', { hasText: text });
  await phone.getByLabel('Escribe un mensaje').fill('hola *ñandú*');
  await phone.getByRole('button', { name: 'Enviar', exact: true }).click();
  await bubble('hola ñandú').getByRole('img', { name: 'Recibido por el sistema de la empresa' }).waitFor();
  const heard = await lastHeard('text');
  await sandbox.send({ status: 'read', message_id: heard['id'], typing_indicator: { type: 'text' } });
  await bubble('hola ñandú').getByRole('img', { name: 'Leído' }).waitFor();
  await phone.getByRole('status', { name: 'escribiendo…' }).waitFor();

  await send({ type: 'interactive', interactive: { type: 'button', body: { text: '¿Seguimos?' }, action: { buttons: [{ type: 'reply', reply: { id: 'si', title: 'Sí' } }, { type: 'reply', reply: { id: 'no', title: 'No' } }] } } });
  await phone.getByRole('button', { name: 'Sí' }).click();
  assert.deepEqual((await lastHeard('interactive'))['interactive'], { type: 'button_reply', button_reply: { id: 'si', title: 'Sí' } });

  await send({ type: 'interactive', interactive: { type: 'list', body: { text: 'Elige' }, action: { button: 'Ver oficinas', sections: [{ title: 'Centro', rows: [{ id: 'o1', title: 'Plaza', description: 'Lunes' }] }] } } });
  await phone.getByRole('button', { name: 'Ver oficinas' }).click();
  await phone.getByRole('dialog', { name: 'Ver oficinas' }).getByRole('button', { name: 'Plaza' }).click();
  await business.until(() => business.hooks.find((hook) => hook.raw.includes('"list_reply"')));

  await phone.getByLabel('Foto o video').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PNG });
  const image = phone.locator('article[data-type="image"] img');
  await image.waitFor();
  await eventually(async () => ((await image.evaluate((shown: { naturalWidth?: number }) => shown.naturalWidth)) === 1 ? true : undefined));
  assert.ok((await lastHeard('image'))['image']);
  await phone.getByLabel('Documento', { exact: true }).setInputFiles({ name: 'b.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
  assert.equal(((await lastHeard('document'))['document'] as Json)['filename'], 'b.txt');

  await phone.getByRole('button', { name: 'Adjuntar' }).click();
  await phone.getByRole('menuitem', { name: 'Ubicación' }).click();
  await phone.getByRole('dialog').getByRole('button', { name: 'Enviar' }).click();
  assert.equal(((await lastHeard('location'))['location'] as Json)['name'], 'Plaza de Armas');
  await phone.getByRole('button', { name: 'Adjuntar' }).click();
  await phone.getByRole('menuitem', { name: 'Contacto' }).click();
  await phone.getByRole('dialog').getByLabel('Nombre').fill('Pedro Núñez');
  await phone.getByRole('dialog').getByLabel('Teléfono').fill('+56 9 5555 5555');
  await phone.getByRole('dialog').getByRole('button', { name: 'Enviar' }).click();
  await lastHeard('contacts');

  await send({ type: 'text', text: { body: 'reacciona a esto' } });
  await bubble('reacciona a esto').getByRole('button', { name: 'Opciones del mensaje' }).click();
  await phone.getByRole('button', { name: 'Reaccionar con ❤️' }).click();
  assert.equal(((await lastHeard('reaction'))['reaction'] as Json)['emoji'], '❤️');
  await bubble('reacciona a esto').locator('.reactions', { hasText: '❤️' }).waitFor();
  await bubble('reacciona a esto').getByRole('button', { name: 'Opciones del mensaje' }).click();
  await phone.getByRole('menuitem', { name: 'Responder' }).click();
  await phone.getByLabel('Escribe un mensaje').fill('te cito');
  await phone.getByLabel('Escribe un mensaje').press('Enter');
  await bubble('te cito').locator('.quote', { hasText: 'reacciona a esto' }).waitFor();

  await send({ type: 'template', template: { name: 'aviso_de_hora', language: { code: 'es' }, components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }, { type: 'text', text: 'lunes' }] }] } });
  await phone.getByRole('button', { name: 'Confirmo' }).click();
  assert.deepEqual((await lastHeard('button'))['button'], { payload: 'Confirmo', text: 'Confirmo' });
  await page.reload();
  await bubble('te cito').waitFor();
  assert.deepEqual(errors, []);
});

test('the panel provokes faults and shows what waits; it speaks English too, and fits a phone', { skip }, async () => {
  const page = await open({ locale: 'en-GB', width: 390, path: '/?phone=56922222222' });
  await page.getByRole('button', { name: 'Open the Faults panel' }).click();
  await page.getByLabel('Times').fill('2');
  await page.getByRole('button', { name: 'Provoke' }).click();
  await page.locator('.fault', { hasText: '131016 · 2 left' }).waitFor();
  assert.equal((await sandbox.send({ to: PHONE, type: 'text', text: { body: 'x' } })).body['error']?.['code'], 131016);
  await page.locator('.fault', { hasText: '1 left' }).waitFor();
  await page.getByRole('button', { name: 'Lift', exact: true }).click();
  await page.getByText('No fault is active').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();

  await sandbox.call('PATCH', '/sandbox/settings', { retry_schedule: [600_000] });
  business.answers = [503];
  await page.getByLabel('Write a message').fill('anybody there?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('button', { name: /did not take them \(HTTP 503\): retry in \d+ s/ }).click();
  await page.getByRole('button', { name: 'Retry now' }).click();
  await page.getByText('Your server receives the webhooks').first().waitFor();
  const wide = await page.evaluate('document.documentElement.scrollWidth');
  assert.equal(wide, 390, 'nothing sticks out');
  assert.deepEqual(errors, []);
});

/** WhatsApp Web in the hand: on the page in a real Chromium, a phone scans with one click, writes and is answered. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import type { Browser, Locator } from 'playwright-core';
import { startSandbox } from '../testing/harness.ts';
import type { Running } from '../testing/harness.ts';
import { contractOf, startClient } from '../testing/whatsapp-web.ts';
import type { Client } from '../testing/whatsapp-web.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const skip = CHROMIUM === undefined && process.env['CI'] === undefined ? 'no Chromium here: apt-get install chromium' : false;
const OWNER = '56922222222';
const ANA = '56961234567';
let sandbox: Running;
let browser: Browser;
let client: Client;

before(async () => {
  if (skip !== false) return;
  [sandbox, browser] = await Promise.all([startSandbox(), chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] })]);
});
after(async () => {
  if (skip !== false) return;
  client.stop();
  await browser.close();
  await sandbox.stop();
});

test('one click links a phone; chats, groups and ticks are on the page; the phone ends it', { skip }, async () => {
  const errors: string[] = [];
  const page = await browser.newPage({ locale: 'es-CL', viewport: { width: 1280, height: 844 } });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${sandbox.origin}/?phone=${OWNER}&phone=${ANA}`);
  const owner = page.locator(`[data-phone="${OWNER}"]`);
  const ana = page.locator(`[data-phone="${ANA}"]`);
  const bubble = (phone: Locator, text: string): Locator => phone.locator('article', { hasText: text });

  client = startClient(await contractOf(sandbox));
  const { qr } = await client.event('connection.update', (update) => update.qr !== undefined);
  await sandbox.call('POST', '/sandbox/whatsapp-web/codes', { qr, name: 'Ventas' });
  await owner.getByText('Ventas muestra un código QR').waitFor();
  await owner.getByRole('button', { name: 'Escanear' }).click();
  await owner.getByText('Dispositivo vinculado', { exact: true }).waitFor();
  await client.open();
  await owner.getByText('Ventas muestra').waitFor({ state: 'detached' });

  // The other phone chooses the linked number and writes.
  await ana.getByLabel('Empresa', { exact: true }).selectOption({ label: 'Benito Soto' });
  await ana.getByLabel('Escribe un mensaje').fill('¿atienden hoy?');
  await ana.getByRole('button', { name: 'Enviar', exact: true }).click();
  const heard = await client.until(() => [...client.messages.values()].find((message) => message.message?.conversation === '¿atienden hoy?'));
  await bubble(ana, '¿atienden hoy?').getByRole('img', { name: 'Recibido por el sistema de la empresa' }).waitFor();
  await client.socket.readMessages([heard.key]);
  await bubble(ana, '¿atienden hoy?').getByRole('img', { name: 'Leído' }).waitFor();
  await client.socket.sendMessage(`${ANA}@s.whatsapp.net`, { text: 'hasta las seis' });
  await bubble(ana, 'hasta las seis').waitFor();
  // The linked phone shows the same chat from its side.
  await owner.getByLabel('Empresa', { exact: true }).selectOption({ label: 'Ana Rojas' });
  await bubble(owner, 'hasta las seis').getByRole('img', { name: 'Leído' }).waitFor();
  await bubble(owner, '¿atienden hoy?').waitFor();

  const group = await client.socket.groupCreate('Vecinos', [`${ANA}@s.whatsapp.net`]);
  await client.socket.sendMessage(group.id, { text: 'hola grupo' });
  await ana.getByLabel('Empresa', { exact: true }).selectOption({ label: 'Vecinos' });
  await bubble(ana, 'hola grupo').getByText('Benito Soto').waitFor();
  await ana.getByLabel('Escribe un mensaje').fill('aquí estoy');
  await ana.getByLabel('Escribe un mensaje').press('Enter');
  await client.until(() => [...client.messages.values()].find((message) => message.message?.conversation === 'aquí estoy' && message.key.remoteJid === group.id));

  // Made and run from the phone itself.
  await ana.getByRole('button', { name: 'Opciones del teléfono' }).click();
  await ana.getByRole('button', { name: 'Nuevo grupo' }).click();
  await ana.getByRole('dialog').getByLabel('Nombre del grupo').fill('Feria');
  await ana.getByRole('dialog').getByLabel('Números con código de país').fill(`+${OWNER}`);
  await ana.getByRole('dialog').getByRole('button', { name: 'Nuevo grupo' }).click();
  await client.event('groups.upsert', (groups) => groups.some((one) => one.subject === 'Feria'));
  await ana.getByLabel('Empresa', { exact: true }).selectOption({ label: 'Feria' });
  await ana.getByRole('button', { name: 'Opciones del teléfono' }).click();
  await ana.getByRole('button', { name: 'Grupo «Feria»' }).click();
  await ana.getByRole('button', { name: 'Hacer admin' }).click();
  await client.event('group-participants.update', (update) => update.action === 'promote');

  if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'] });
  await owner.getByRole('button', { name: 'Opciones del teléfono' }).click();
  await owner.getByRole('button', { name: 'Dispositivos vinculados' }).click();
  await owner.getByRole('dialog').getByText('conectado').waitFor();
  await owner.getByRole('button', { name: 'Cerrar sesión' }).click();
  assert.equal(await client.until(() => client.closed.find((code) => code === 401), 'the end'), 401);
  assert.deepEqual(errors, []);
});

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Scope } from '../harness/defer.ts';
import { requireTool, tools } from '../harness/tools.ts';
import { waitFor } from '../harness/wait.ts';
import { NOT_SIGNED_IN, openStage, signIn, type Stage } from './stage.ts';

// A phone of the sandbox is linked by the picture on the page, as with the real WhatsApp.
let stage: Stage;
const phone = '56961110001';
before(async (t) => {
  if (tools.chromium.find()) stage = await openStage(t as unknown as Scope);
});

async function sandbox(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(stage.server.sandbox + path, { method, ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.status === 204 ? undefined : answer.json();
}
/** For a person who looks at what a test sees: LOOK=folder keeps pictures. */
async function look(page: Page, name: string): Promise<void> {
  if (process.env['LOOK']) await page.screenshot({ path: `${process.env['LOOK']}/ws-${name}.png` });
}
const fits = (page: Page): Promise<boolean> => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');

test('a phone is linked on the page; its session is closed, connected again and logged out', { timeout: 120_000 }, async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  await page.getByRole('link', { name: 'Números' }).click();
  await page.getByRole('link', { name: 'WhatsApp Web', exact: true }).click();
  await page.getByText('No hay teléfonos vinculados').waitFor();
  await page.getByRole('link', { name: 'Todas las líneas' }).click();
  await page.getByRole('button', { name: 'Conectar un número' }).click();
  await page.getByRole('button', { name: /Baileys/ }).click();
  await page.getByText('Opcional').click();
  await look(page, '1-access');
  await page.getByLabel('Un teléfono del sandbox').check();
  await page.getByRole('button', { name: 'Comprobar' }).click();
  await page.getByLabel('Nombre de la línea').fill('Ventas por WhatsApp Web');
  await page.getByRole('button', { name: 'Conectar', exact: true }).click();
  const picture = page.getByAltText('Código para escanear con el teléfono');
  await picture.waitFor({ timeout: 30_000 });
  await look(page, '2-picture');
  await sandbox('POST', `/sandbox/phones/${phone}/linked-devices`, { qr: await picture.getAttribute('data-qr') });
  await page.getByText('El teléfono está vinculado').waitFor({ timeout: 30_000 });
  await look(page, '3-linked');
  await page.getByRole('button', { name: 'Listo' }).click();
  const panel = page.getByRole('region', { name: 'Sesión de WhatsApp Web' });
  await panel.getByText('Conectado', { exact: true }).first().waitFor();
  await look(page, '4-panel');
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok(await fits(page), 'nothing sticks out on a phone');
  await look(page, '5-phone');
  await page.setViewportSize({ width: 1280, height: 800 });

  await panel.getByRole('button', { name: /^Más sobre la sesión/ }).click();
  await page.getByRole('menuitem', { name: 'Cerrar', exact: true }).click();
  await panel.getByText('Cerrada', { exact: true }).first().waitFor();
  await panel.getByRole('button', { name: 'Conectar' }).click();
  await panel.getByText('Conectado', { exact: true }).first().waitFor({ timeout: 20_000 });
  await page.getByRole('link', { name: 'WhatsApp Web', exact: true }).click();
  await page.getByRole('region', { name: 'Servidores' }).waitFor();
  await look(page, '6-sessions');
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await panel.getByRole('button', { name: /^Más sobre la sesión/ }).click();
  await page.getByRole('menuitem', { name: /desvincular/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /desvincular/ }).click();
  await panel.getByRole('button', { name: 'Vincular teléfono' }).waitFor();
  await look(page, '7-unlinked');
  await waitFor(async () => (await sandbox('GET', `/sandbox/phones/${phone}/linked-devices`) as { devices: unknown[] }).devices.length === 0, { what: 'the phone to be told' });

  await panel.getByRole('button', { name: 'Vincular teléfono' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Vincular con un código' }).click();
  await dialog.getByLabel('Número del teléfono').fill(`+${phone}`);
  await dialog.getByRole('button', { name: 'Pedir código' }).click();
  const code = dialog.getByLabel('Código', { exact: true });
  await code.waitFor({ timeout: 20_000 });
  await look(page, '8-code');
  assert.match((await code.textContent())!, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  await sandbox('POST', `/sandbox/phones/${phone}/linked-devices`, { code: (await code.textContent())!.replace('-', '') });
  await dialog.getByText('El teléfono está vinculado').waitFor({ timeout: 30_000 });
  assertQuiet(NOT_SIGNED_IN);
});

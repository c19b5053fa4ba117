import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Scope } from '../harness/defer.ts';
import { requireTool, tools } from '../harness/tools.ts';
import { inboxOf, NOT_SIGNED_IN, openStage, signIn, type Stage } from './stage.ts';

// The page of the templates, and one that is picked where nothing else may be written.
let stage: Stage;
before(async (t) => {
  if (tools.chromium.find()) stage = await openStage(t as unknown as Scope);
});
/** For a person who looks at what a test sees: LOOK=folder keeps pictures. */
async function look(page: Page, name: string): Promise<void> {
  if (process.env['LOOK']) await page.screenshot({ path: `${process.env['LOOK']}/${name}.png` });
}
const fits = (page: Page): Promise<boolean> => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');

test('templates are read from the carrier, shown as bubbles, found by name; on a phone too', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  await page.getByRole('link', { name: 'Plantillas' }).click();
  await page.getByRole('button', { name: 'Leer ahora' }).click();
  const cards = page.getByRole('main').getByRole('listitem');
  const notice = cards.filter({ has: page.getByRole('heading', { name: 'aviso_de_hora' }) });
  await notice.getByText('Aprobada').waitFor();
  await notice.getByRole('figure', { name: 'Así se lee' }).getByText('Hola {{1}}, te recordamos tu hora').waitFor();
  await notice.getByText('Confirmo').waitFor();
  await page.getByText(/^Última lectura/).waitFor();
  await look(page, 'templates');
  await page.getByRole('textbox', { name: 'Buscar por nombre' }).fill('hello');
  await notice.waitFor({ state: 'detached' });
  await cards.filter({ has: page.getByRole('heading', { name: 'hello_world' }) }).waitFor();
  assert.equal(await cards.count(), 1);
  await page.getByRole('textbox', { name: 'Buscar por nombre' }).fill('');
  await notice.waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok(await fits(page));
  await look(page, 'templates-phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'templates-phone-dark');
  assertQuiet(NOT_SIGNED_IN);
});

test('with the window closed an agent picks a template, fills it in, and sees it in the thread', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  // Somebody who never wrote.
  await page.evaluate(`(async () => {
    const { csrf } = await (await fetch('/api/me')).json();
    const answer = await fetch('/api/messages', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrf }, body: JSON.stringify({ phone_number: '+56956660001', template_id: 'hello_world' }) });
    if (!answer.ok) throw new Error(await answer.text());
  })()`);
  const inbox = inboxOf(page);
  await inbox.row('\\+56').first().click();
  await page.getByText('La ventana de respuesta está cerrada').waitFor();
  await page.getByRole('button', { name: 'Enviar una plantilla' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /aviso_de_hora/ }).waitFor();
  await look(page, 'picker');
  await dialog.getByRole('button', { name: /aviso_de_hora/ }).click();
  assert.equal(await dialog.getByRole('button', { name: 'Enviar', exact: true }).isDisabled(), true);
  await dialog.getByLabel('Valor 1').fill('Marta');
  await dialog.getByLabel('Valor 2').fill('martes a las 9');
  await dialog.getByText('Hola Marta, te recordamos tu hora para el martes a las 9.').waitFor();
  await look(page, 'picker-filled');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'picker-filled-dark');
  await dialog.getByRole('button', { name: 'Enviar', exact: true }).click();
  await inbox.message('Hola Marta, te recordamos').waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok(await fits(page));
  await look(page, 'closed-phone');
  assertQuiet(NOT_SIGNED_IN);
});

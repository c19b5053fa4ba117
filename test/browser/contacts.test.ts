import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { Scope } from '../harness/defer.ts';
import { requireTool, tools } from '../harness/tools.ts';
import { inboxOf, NOT_SIGNED_IN, openStage, sandbox, signIn, type Stage } from './stage.ts';

let stage: Stage;
before(async (t) => {
  if (tools.chromium.find()) stage = await openStage(t as unknown as Scope);
});

test('a person is labelled and noted in the inbox, looked up, changed, merged, exported and erased on the page of contacts', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  await sandbox(stage, '/sandbox/phones/56961234567/messages', { type: 'text', text: 'tengo un reclamo' });

  await page.getByRole('link', { name: 'Ajustes' }).click();
  await page.getByRole('link', { name: 'Etiquetas' }).click();
  await page.getByText('Aún no hay etiquetas').waitFor();
  await page.getByRole('button', { name: 'Nueva etiqueta' }).click();
  await page.getByLabel('Nombre').fill('Reclamo');
  await page.getByLabel('Color').selectOption('red');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('button', { name: 'Qué hacer con Reclamo' }).waitFor();

  const inbox = inboxOf(page);
  await page.getByRole('link', { name: 'Todas' }).click();
  const row = page.getByRole('region', { name: 'Conversaciones' }).getByRole('link').filter({ hasText: /./ }).first();
  await row.click();
  await inbox.message('tengo un reclamo').waitFor();
  if (!await page.getByRole('complementary', { name: 'Detalles de la conversación' }).isVisible()) await page.getByRole('button', { name: 'Detalles' }).click();
  const details = page.getByRole('complementary', { name: 'Detalles de la conversación' });
  await details.getByRole('button', { name: 'Etiqueta' }).click();
  await page.getByRole('menuitem', { name: 'Reclamo' }).click();
  await details.getByRole('button', { name: 'Quitar «Reclamo»' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Filtrar por etiqueta' }).click();
  await page.getByRole('menuitem', { name: 'Reclamo' }).click();
  await page.keyboard.press('Escape');
  await page.waitForURL(/[?&]label=lbl_/);
  await row.waitFor();
  await page.getByRole('group', { name: 'Filtrar por etiqueta' }).getByRole('button', { name: 'Quitar «Reclamo»' }).click();
  await page.waitForURL((url) => !url.searchParams.has('label'));
  await details.getByLabel('Escribe una nota para tu equipo').fill('Llamar el lunes');
  await details.getByRole('button', { name: 'Agregar nota' }).click();
  await details.getByText('Llamar el lunes').waitFor();

  await page.getByRole('link', { name: 'Contactos' }).click();
  const list = page.getByRole('list', { name: 'Contactos' });
  await page.getByRole('button', { name: 'Nuevo contacto' }).click();
  await page.getByLabel('Nombre', { exact: true }).fill('Eva Díaz');
  await page.getByLabel('Teléfono').fill('+56 9 1111 0077');
  await page.getByRole('button', { name: 'Agregar un dato' }).click();
  await page.getByRole('textbox', { name: 'Dato', exact: true }).fill('rut');
  await page.getByRole('textbox', { name: 'Valor de rut' }).fill('12.345.678-5');
  await page.getByRole('button', { name: 'Guardar' }).click();
  const card = page.getByRole('dialog', { name: 'Contacto' });
  await card.getByRole('heading', { name: 'Eva Díaz' }).waitFor();
  await card.getByText('12.345.678-5').waitFor();
  await card.getByRole('button', { name: 'Etiqueta' }).click();
  await page.getByRole('menuitem', { name: 'Reclamo' }).click();
  await card.getByRole('button', { name: 'Quitar «Reclamo»' }).waitFor();
  await page.keyboard.press('Escape');

  // The person of the inbox is the same one.
  await card.getByRole('button', { name: 'Unir' }).click();
  const dialog = page.getByRole('dialog', { name: /^Unir otro contacto/ });
  await dialog.getByLabel('¿Quién es la misma persona?').fill('56961234567');
  await dialog.getByRole('radio').first().check();
  await dialog.getByRole('button', { name: 'Unir contactos' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await card.getByText('tengo un reclamo').or(card.getByRole('region', { name: 'Conversaciones' }).getByRole('link')).first().waitFor();
  assert.equal(await card.getByRole('region', { name: 'Direcciones' }).getByText(/^\+56/).count(), 2);

  const [file] = await Promise.all([page.waitForEvent('download'), card.getByRole('link', { name: 'Exportar todo' }).click()]);
  const exported = JSON.parse(readFileSync(await file.path(), 'utf8')) as { contact: { name: string }; conversations: { notes: { text: string }[] }[] };
  assert.deepEqual([exported.contact.name, exported.conversations[0]?.notes[0]?.text], ['Eva Díaz', 'Llamar el lunes']);

  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Buscar por nombre, número o dato' }).fill('12.345');
  await list.getByRole('link', { name: 'Eva Díaz' }).click();
  await card.getByRole('button', { name: 'Borrar' }).click();
  const erasing = page.getByRole('dialog', { name: 'Borrar a Eva Díaz' });
  assert.ok(await erasing.getByRole('button', { name: 'Borrar para siempre' }).isDisabled());
  await erasing.getByLabel('Confirmación').fill('Eva Díaz');
  await erasing.getByRole('button', { name: 'Borrar para siempre' }).click();
  await card.getByRole('heading', { name: 'Contacto borrado' }).waitFor();
  await card.getByRole('region', { name: 'Conversaciones' }).getByRole('link').first().click();
  await inbox.thread.getByText('Contenido borrado').first().waitFor();
  assert.equal(await inbox.message('tengo un reclamo').count(), 0);
  assertQuiet(NOT_SIGNED_IN);
});

test('a file of contacts is imported in parts, and tells what became of its lines', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(`${stage.server.url}/contacts`);
  await page.getByLabel('Correo electrónico').fill(stage.administrator.email);
  await page.getByLabel('Contraseña', { exact: true }).fill(stage.administrator.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  const lines = Array.from({ length: 450 }, (_, i) => (i === 300 ? 'no es un número,Nadie' : `5697${String(i).padStart(7, '0')},Persona ${i}`));
  const choose = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Importar y exportar' }).click();
    await page.getByRole('menuitem', { name: 'Importar CSV' }).click();
    await page.getByLabel('Archivo CSV').setInputFiles({ name: 'contactos.csv', mimeType: 'text/csv', buffer: Buffer.from(`phone_number,name\n${lines.join('\n')}\n`) });
    await page.getByRole('button', { name: 'Importar', exact: true }).click();
  };
  const dialog = page.getByRole('dialog', { name: 'Importar CSV' });
  const asked: number[] = [];
  let go = (): void => {};
  const held = new Promise<void>((done) => { go = done; });
  await page.route('**/api/contacts/import', async (route) => {
    asked.push((route.request().postData() ?? '').split('\n').length - 2);
    if (asked.length === 2) await held;
    await route.continue();
  });
  await choose();
  await dialog.getByText('200 de 450 filas').waitFor();
  await dialog.getByRole('button', { name: 'Detener' }).click();
  go();
  await dialog.getByText('Detenida: lo hecho queda hecho. Nuevos: 399. Cambiados: 0.').waitFor();
  await dialog.getByText('Línea 302').waitFor();
  await dialog.getByRole('button', { name: 'Continuar' }).click();
  await dialog.getByText('450 de 450 filas').waitFor();
  await dialog.getByText('Nuevos: 449. Cambiados: 0.').waitFor();
  assert.deepEqual(asked, [200, 200, 50]);
  await dialog.getByRole('button', { name: 'Cerrar' }).last().click();
  await page.getByRole('link', { name: 'Persona 449' }).waitFor();
  assertQuiet(NOT_SIGNED_IN);
});

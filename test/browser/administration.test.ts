import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createClient } from '@centralita/sdk';
import type { Scope } from '../harness/defer.ts';
import { requireTool, tools } from '../harness/tools.ts';
import { NOT_SIGNED_IN, openStage, signIn, type Stage } from './stage.ts';

/** Settings, people, keys and the platform, by hand. */

let stage: Stage;
before(async (t) => {
  if (tools.chromium.find()) stage = await openStage(t as unknown as Scope);
});

const part = (page: Page, name: string): Promise<void> => page.getByRole('navigation', { name: /Ajustes|Plataforma/ }).getByRole('link', { name }).click();

test('somebody is invited, chooses a password, sees what their role shows, and is shut out again', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const [desk, guest] = await Promise.all([stage.open(t), stage.open(t)]);
  await desk.page.goto(stage.server.url);
  await signIn(desk.page, stage.administrator);
  await desk.page.getByRole('link', { name: 'Ajustes' }).click();
  await part(desk.page, 'Personas');
  await desk.page.getByRole('button', { name: 'Invitar a alguien' }).click();
  await desk.page.getByLabel('Nombre').fill('Lea Rojas');
  await desk.page.getByLabel('Correo electrónico').fill('lea@demo.test');
  await desk.page.getByLabel('Rol', { exact: true }).selectOption({ label: 'Supervisor' });
  await desk.page.getByRole('button', { name: 'Crear el enlace' }).click();
  const link = await desk.page.getByRole('textbox', { name: 'Enlace de invitación' }).inputValue();
  assert.match(link, /\/welcome#[\w-]{40,}$/);
  await desk.page.getByRole('button', { name: 'Ya la guardé' }).click();
  await desk.page.getByRole('listitem').filter({ hasText: 'Lea Rojas' }).getByText('Invitación pendiente').waitFor();

  await guest.page.goto(stage.server.url + new URL(link).pathname + new URL(link).hash);
  await guest.page.getByText('te invita a su centralita').waitFor();
  assert.ok(!guest.page.url().includes('#'), 'the link stays out of the history');
  await guest.page.getByLabel('Contraseña nueva').fill('una clave larga');
  await guest.page.getByRole('button', { name: 'Entrar' }).click();
  await guest.page.getByRole('heading', { name: 'Bandeja' }).waitFor();
  assert.equal(await guest.page.getByRole('link', { name: 'Operaciones' }).count(), 0);
  await guest.page.goto(`${stage.server.url}/settings/people`);
  await guest.page.getByText('Tu rol no permite ver esto').waitFor();

  await desk.page.reload();
  await desk.page.getByRole('button', { name: 'Qué hacer con Lea Rojas' }).click();
  await desk.page.getByRole('menuitem', { name: 'Quitar el acceso' }).click();
  await desk.page.getByRole('listitem').filter({ hasText: 'Lea Rojas' }).getByText('Sin acceso').waitFor();
  await guest.page.goto(`${stage.server.url}/inbox`);
  await guest.page.getByRole('heading', { name: 'Iniciar sesión' }).waitFor();

  await part(desk.page, 'Registro de cambios');
  await desk.page.getByText('user.invited').waitFor();
  await desk.page.getByText('Lea Rojas').first().click();
  desk.assertQuiet(NOT_SIGNED_IN);
});

test('a key is shown once and works until it is revoked; settings are kept', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(`${stage.server.url}/settings/api-keys`);
  await page.getByLabel('Correo electrónico').fill(stage.administrator.email);
  await page.getByLabel('Contraseña', { exact: true }).fill(stage.administrator.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByRole('button', { name: 'Nueva clave' }).click();
  await page.getByLabel('Nombre').fill('Sitio web');
  await page.getByLabel('Ver cuentas, conversaciones').check();
  await page.getByRole('button', { name: 'Crear la clave' }).click();
  const key = await page.getByRole('textbox', { name: 'Tu nueva clave' }).inputValue();
  await page.getByRole('button', { name: 'Ya la guardé' }).click();
  const system = createClient({ baseUrl: stage.server.url, apiKey: key });
  assert.equal((await system.GET('/api/company')).response.status, 200);
  await page.getByRole('button', { name: 'Revocar «Sitio web»' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revocar' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Sitio web' }).getByText('Revocada').waitFor();
  assert.equal((await system.GET('/api/company')).response.status, 401);

  await part(page, 'Empresa');
  await page.getByLabel('Zona horaria').fill('America/Bogota');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('Guardado').waitFor();
  await page.reload();
  assert.equal(await page.getByLabel('Zona horaria').inputValue(), 'America/Bogota');
  await part(page, 'Sucursales');
  await page.getByRole('button', { name: 'Nueva sucursal' }).click();
  await page.getByLabel('Nombre').fill('Centro');
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'Centro' }).waitFor();
  await part(page, 'Claves');
  await page.getByRole('button', { name: 'Nueva clave' }).click();
  await page.getByLabel('Nombre').fill('Caja');
  await page.getByLabel('Centro').check();
  await page.getByRole('button', { name: 'Crear la clave' }).click();
  await page.getByRole('button', { name: 'Ya la guardé' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Caja' }).getByText('Centro').waitFor();

  await part(page, 'IAM externo');
  await page.getByLabel('Dirección').fill('https://iam.invalid/check');
  await page.getByLabel('Secreto', { exact: true }).fill('Bearer muy secreto');
  await page.getByRole('button', { name: 'Probar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Preguntar' }).click();
  await page.getByRole('alert').getByText('No hay respuesta que sirva').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancelar' }).click();
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('Se le pregunta a este sistema').waitFor();
  await page.reload();
  assert.equal(await page.getByLabel('Dirección').inputValue(), 'https://iam.invalid/check');
  assert.equal(await page.getByLabel('Secreto', { exact: true }).inputValue(), '', 'a secret never comes back');
  await page.getByRole('button', { name: 'Quitar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Quitar' }).click();
  await page.getByText('Ahora decide Centralita').waitFor();
  assertQuiet(NOT_SIGNED_IN);
});

test('who runs the installation makes a company, limits it and suspends it; one changes one’s own password', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  await page.getByRole('link', { name: 'Plataforma' }).click();
  await page.getByRole('button', { name: 'Nueva empresa' }).click();
  await page.getByLabel('Nombre', { exact: true }).fill('Municipalidad de Ñuñoa');
  assert.equal(await page.getByLabel('Nombre corto').inputValue(), 'municipalidad-de-nunoa');
  await page.getByLabel('Su administrador').fill('Rita');
  await page.getByLabel('Correo electrónico').fill('rita@nunoa.test');
  await page.getByRole('button', { name: 'Crear la empresa' }).click();
  await page.getByRole('textbox', { name: 'Enlace de invitación' }).waitFor();
  await page.getByRole('button', { name: 'Ya la guardé' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Ñuñoa' });
  await row.getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Límites' }).click();
  await page.getByLabel('Mensajes por día').fill('500');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await row.getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Suspender' }).click();
  await page.getByLabel('Motivo').fill('Prueba terminada');
  await page.getByRole('dialog').getByRole('button', { name: 'Suspender' }).click();
  await row.getByText('Suspendida').waitFor();
  await row.getByText('Prueba terminada').waitFor();
  await part(page, 'Emisores de tokens');
  await page.getByText('Ningún emisor').waitFor();
  await page.getByRole('button', { name: 'Nuevo emisor' }).click();
  await page.getByLabel('Nombre', { exact: true }).fill('Keycloak');
  await page.getByLabel('Emisor (iss)').fill('https://id.example.test');
  await page.getByLabel('Dirección de sus claves').fill('https://id.example.test/keys');
  await page.getByLabel('Municipalidad de Ñuñoa').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Keycloak' }).waitFor();

  await page.getByRole('button', { name: /^Tu menú/ }).click();
  await page.getByRole('menuitem', { name: 'Cambiar la contraseña' }).click();
  await page.getByLabel('Contraseña actual').fill('no es esta');
  await page.getByLabel('Contraseña nueva').fill('otra clave larga');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Contraseña actual').fill(stage.administrator.password);
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('Contraseña cambiada').waitFor();
  assertQuiet(/status of 401 .*\/api\/(me|login|me\/password)\)$/);
});

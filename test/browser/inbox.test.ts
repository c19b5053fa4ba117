import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { Scope } from '../harness/defer.ts';
import { requireTool, tools } from '../harness/tools.ts';
import { waitFor } from '../harness/wait.ts';
import { inboxOf, NOT_SIGNED_IN, openStage, phoneOf, sandbox, signIn, type Stage } from './stage.ts';

/** The phone in one window, the inbox in another, the real server and the real sandbox between them. */

let stage: Stage;
before(async (t) => {
  if (tools.chromium.find()) stage = await openStage(t as unknown as Scope);
});

test('who is not signed in gets the login page, and afterwards what they asked for', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(`${stage.server.url}/inbox?filter=mine`);
  await page.getByRole('heading', { name: 'Iniciar sesión' }).waitFor();
  await page.getByLabel('Correo electrónico').fill(stage.administrator.email);
  await page.getByLabel('Contraseña', { exact: true }).fill('otra');
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByRole('alert').filter({ hasText: 'no son correctos' }).waitFor();
  await page.getByLabel('Contraseña', { exact: true }).fill(stage.administrator.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByRole('heading', { name: 'Mías' }).waitFor();
  assert.match(page.url(), /\/inbox\?filter=mine$/);

  await page.getByRole('button', { name: /^Tu menú/ }).click();
  await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
  await page.getByRole('heading', { name: 'Iniciar sesión' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Iniciar sesión' }).waitFor();
  assertQuiet(NOT_SIGNED_IN);
});

test('a customer writes, the bot answers, a person takes over, and every tick comes back', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const agent = await stage.person('maria@demo.test', 'María Torres');
  const [desk, second, handset] = await Promise.all([stage.open(t), stage.open(t), stage.open(t)]);
  await Promise.all([desk.page.goto(stage.server.url), second.page.goto(stage.server.url), handset.page.goto(`${stage.server.sandbox}/?phone=56961234567`)]);
  await Promise.all([signIn(desk.page, stage.administrator), signIn(second.page, agent)]);
  const [carolina, maria, ana] = [inboxOf(desk.page), inboxOf(second.page), phoneOf(handset.page, 'Ana Rojas')];
  await desk.page.getByText('Aún no hay conversaciones').waitFor();

  // The customer writes; nobody reloads anything.
  await ana.write('Hola, buenas tardes');
  await ana.got('asistente virtual').waitFor();
  await carolina.row('Ana Rojas').getByText('asistente virtual').waitFor();
  await waitFor(async () => (await desk.page.title()).startsWith('(1) '), { what: 'the title to count the unread' });
  await carolina.row('Ana Rojas').click();
  await carolina.message('Hola, buenas tardes').waitFor();
  await carolina.status('asistente virtual', 'Leído').waitFor();
  await ana.sent('Hola, buenas tardes').getByRole('img', { name: 'Leído' }).waitFor();
  await desk.page.getByText('El bot está respondiendo').waitFor();

  // The customer asks for a person; the bot steps back and it shows.
  await ana.tap('Hablar con alguien');
  await carolina.message('Botón pulsado').getByText('Hablar con alguien').waitFor();
  await desk.page.getByText('Nadie atiende todavía').waitFor();
  await desk.page.getByRole('link', { name: /Sin asignar.*1 conversación espera/ }).waitFor();
  await maria.row('Ana Rojas, .*Nadie atiende').click();
  await second.page.getByText('Nadie atiende todavía').waitFor();

  await desk.page.getByRole('button', { name: 'Tomar', exact: true }).click();
  await desk.page.getByText('Atiendes tú').waitFor();
  await second.page.getByText('Carolina está atendiendo').waitFor();
  assert.equal(await desk.page.evaluate('document.activeElement.tagName'), 'TEXTAREA', 'what comes next is writing');

  await carolina.composer.fill('Hola');
  await ana.phone.getByRole('status', { name: 'escribiendo…' }).waitFor();

  // A phone without signal, then with: one tick, then two, then blue.
  await ana.turn('Encendido y con señal', false);
  await carolina.write('Hola Ana, soy Carolina. ¿En qué te ayudo?');
  await carolina.status('soy Carolina', 'Enviado').waitFor();
  await maria.message('soy Carolina').getByText('Carolina', { exact: true }).waitFor();
  assert.equal(await ana.got('soy Carolina').count(), 0);
  await ana.turn('Encendido y con señal', true);
  await ana.got('soy Carolina').waitFor();
  await carolina.status('soy Carolina', 'Leído').waitFor();
  await maria.status('soy Carolina', 'Leído').waitFor();
  assert.equal(await carolina.message('soy Carolina').count(), 1, 'one message, however it came to the screen');

  // An answer that quotes, and a reaction.
  await ana.write('¿Hasta qué hora atienden?');
  await carolina.message('Hasta qué hora').hover();
  await carolina.message('Hasta qué hora').getByRole('button', { name: 'Responder' }).click();
  await carolina.write('Hasta las *14:00*.');
  await ana.got('Hasta las 14:00').getByText('¿Hasta qué hora atienden?').waitFor();
  await carolina.message('Hasta qué hora').first().hover();
  await carolina.message('Hasta qué hora').first().getByRole('button', { name: 'Qué hacer con este mensaje' }).click();
  await desk.page.getByRole('button', { name: 'Reaccionar con 👍' }).click();
  await ana.sent('Hasta qué hora').getByText('👍').waitFor();

  // Given back, the bot answers again.
  await desk.page.getByRole('button', { name: 'Devolver al bot' }).click();
  await desk.page.getByText('El bot está respondiendo').waitFor();
  await ana.write('menú');
  await ana.got('asistente virtual').nth(1).waitFor();

  // Closed and, when the customer writes, open again.
  await desk.page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await desk.page.getByText('Esta conversación está cerrada').waitFor();
  await ana.write('hola');
  await desk.page.getByText('El bot está respondiendo').waitFor();
  for (const window of [desk, second, handset]) window.assertQuiet(NOT_SIGNED_IN);
});

test('files go both ways', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const [desk, handset] = await Promise.all([stage.open(t), stage.open(t)]);
  await Promise.all([desk.page.goto(stage.server.url), handset.page.goto(`${stage.server.sandbox}/?phone=56922222222`)]);
  await signIn(desk.page, stage.administrator);
  const [carolina, benito] = [inboxOf(desk.page), phoneOf(handset.page, 'Benito Soto')];
  const photo = { name: 'poste.png', mimeType: 'image/png', buffer: readFileSync(new URL('photo.png', import.meta.url)) };

  await benito.phone.locator('input[type=file][accept^="image/"]').setInputFiles(photo);
  await carolina.row('Benito Soto').click();
  const shown = carolina.thread.getByRole('button', { name: 'Abrir la imagen' }).locator('img');
  await shown.waitFor();
  await waitFor(() => desk.page.evaluate<boolean>('document.querySelector("[role=log] button img")?.naturalWidth === 64'), { what: 'the picture to be shown' });
  await carolina.thread.getByRole('button', { name: 'Abrir la imagen' }).click();
  await desk.page.getByRole('dialog', { name: 'Imagen' }).waitFor();
  await desk.page.keyboard.press('Escape');

  await desk.page.locator('form input[type=file]').setInputFiles([photo, { name: 'bases.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') }]);
  await carolina.write('Foto y bases');
  await benito.got('Foto y bases').locator('img').waitFor();
  await benito.got('bases.pdf').waitFor();
  await carolina.status('Foto y bases', 'Leído').waitFor();
  const [download] = await Promise.all([desk.page.waitForEvent('download'), carolina.thread.getByRole('link', { name: 'Descargar bases.pdf' }).click()]);
  assert.equal(readFileSync(await download.path(), 'utf8'), '%PDF-1.4\n%%EOF\n');
  for (const window of [desk, handset]) window.assertQuiet(NOT_SIGNED_IN);
});

test('what was refused says why, and goes out when sent again', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const desk = await stage.open(t);
  await desk.page.goto(stage.server.url);
  await signIn(desk.page, stage.administrator);
  const carolina = inboxOf(desk.page);
  await sandbox(stage, '/sandbox/phones/56944444444/messages', { type: 'text', text: '¿Hay alguien?' });
  await carolina.row('\\+56 9 4444 4444').click();
  await sandbox(stage, '/sandbox/faults', { kind: 'error', code: 131026 });
  await carolina.write('Sí, aquí estoy');
  await carolina.message('Sí, aquí estoy').getByText('Este número no tiene WhatsApp').waitFor();
  await carolina.message('Sí, aquí estoy').getByRole('button', { name: 'Enviar de nuevo' }).click();
  await carolina.status('Sí, aquí estoy', 'Leído').waitFor();
  assert.equal(await carolina.message('Sí, aquí estoy').getByRole('button', { name: 'Enviar de nuevo' }).count(), 0);
  desk.assertQuiet(NOT_SIGNED_IN);
});

test('what a search found opens where it was said', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const desk = await stage.open(t);
  await desk.page.goto(stage.server.url);
  await signIn(desk.page, stage.administrator);
  const carolina = inboxOf(desk.page);
  const says = (text: string): Promise<void> => sandbox(stage, '/sandbox/phones/56988888888/messages', { type: 'text', text });
  await says('Hola');
  await carolina.row('\\+56 9 8888 8888').click();
  await carolina.status('asistente virtual', 'Leído').waitFor();
  await carolina.write('Soy Carolina, le escucho');
  await desk.page.getByText('Atiendes tú').waitFor();
  await says('Se me perdió el paraguas');
  await carolina.message('paraguas').waitFor();
  await Promise.all(Array.from({ length: 90 }, (_, i) => says(`Mensaje ${i}`)));
  await says('Eso era todo');
  await carolina.message('Eso era todo').waitFor();
  await desk.page.getByRole('link', { name: 'Todas' }).click();

  await desk.page.getByRole('searchbox').fill('paraguas');
  await desk.page.getByRole('region', { name: 'Conversaciones' }).getByRole('link').filter({ has: desk.page.locator('mark') }).click();
  await carolina.message('paraguas').waitFor();
  await waitFor(() => carolina.message('paraguas').evaluate((row: { matches: (selector: string) => boolean }) => row.matches('[data-found]')), { what: 'what was found to be marked' });
  await desk.page.reload();
  await carolina.message('paraguas').waitFor();
  assert.equal(await carolina.message('Eso era todo').count(), 0, 'the end of the thread is not fetched for it');

  // What comes meanwhile waits at the end; answering leads there.
  await says('¿Siguen ahí?');
  await carolina.write('Sí, dígame');
  await carolina.message('Siguen ahí').waitFor();
  await carolina.status('Sí, dígame', 'Leído').waitFor();
  assert.equal(await carolina.message('paraguas').count(), 0);
  desk.assertQuiet(NOT_SIGNED_IN);
});

test('who may only read is offered nothing else', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const reader = await stage.person('lucia@demo.test', 'Lucía Vera', 'read_only');
  const desk = await stage.open(t);
  await desk.page.goto(stage.server.url);
  await signIn(desk.page, reader);
  await sandbox(stage, '/sandbox/phones/56977777777/messages', { type: 'text', text: 'Hola' });
  await inboxOf(desk.page).row('\\+56 9 7777 7777').click();
  await inboxOf(desk.page).status('asistente virtual', 'Leído').waitFor();
  await desk.page.getByRole('note').getByText('Puedes leer, no escribir').waitFor();
  for (const name of ['Tomar', 'Tomar el turno', 'Cerrar', 'Responder']) assert.equal(await desk.page.getByRole('button', { name, exact: true }).count(), 0, name);
  assert.equal(await desk.page.getByRole('link', { name: 'Operaciones' }).count(), 0);
  await desk.page.goto(`${stage.server.url}/operations`);
  await desk.page.getByText('Tu rol no incluye esta página').waitFor();
  desk.assertQuiet(NOT_SIGNED_IN);
});

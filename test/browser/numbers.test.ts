import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Scope } from '../harness/defer.ts';
import { freePort } from '../harness/processes.ts';
import { requireTool, tools } from '../harness/tools.ts';
import { NOT_SIGNED_IN, openStage, signIn, type Stage } from './stage.ts';

// The page of the lines and their numbers, and the wizard that connects one, against the sandbox.
let stage: Stage;
interface Number {
  readonly phone_number_id: string;
  readonly waba_id: string;
  readonly access_token: string;
  readonly app_secret: string;
  readonly business_number: string;
}
let second: Number;
before(async (t) => {
  if (!tools.chromium.find()) return;
  // Where we are, and where Meta is: the wizard tells the one to the other.
  const [port, carrier] = [await freePort(), await freePort()];
  stage = await openStage(t as unknown as Scope, { PORT: String(port), SANDBOX_PORT: String(carrier), META_GRAPH_URL: `http://127.0.0.1:${carrier}` });
  second = await sandbox('POST', '/sandbox/numbers', { name: 'Segunda línea' }) as Number;
});

async function sandbox(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(stage.server.sandbox + path, { method, ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}
/** For a person who looks at what a test sees: LOOK=folder keeps pictures. */
async function look(page: Page, name: string): Promise<void> {
  if (process.env['LOOK']) await page.screenshot({ path: `${process.env['LOOK']}/${name}.png` });
}
const fits = (page: Page): Promise<boolean> => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');

test('a further number is connected with the wizard: wrong token, right one, webhook; then it is tested, ordered and paused', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  await page.getByRole('link', { name: 'Números' }).click();
  await page.getByRole('link', { name: /^Municipalidad|^Línea|^Demo/ }).first().waitFor();
  await look(page, '1-lines');
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await page.getByRole('heading', { level: 2 }).waitFor();
  await page.getByText('Funciona').first().waitFor();
  await look(page, '2-line');

  await page.getByRole('button', { name: 'Agregar número' }).click();
  await page.getByRole('button', { name: /Meta/ }).waitFor();
  await look(page, '3-kinds');
  await page.getByRole('button', { name: /Meta/ }).click();
  await page.getByLabel('Identificador del número').fill(second.phone_number_id);
  await page.getByLabel('Identificador de la cuenta de WhatsApp Business').fill(second.waba_id);
  await page.getByLabel('Token de acceso').fill('EAAmal');
  await page.getByLabel('Clave secreta de la app').fill(second.app_secret);
  await page.getByRole('button', { name: 'Comprobar' }).click();
  await page.getByText('El proveedor no lo acepta. No se guardó nada.').waitFor();
  await look(page, '4-refused');
  await page.getByLabel('Token de acceso').fill(second.access_token);
  await page.getByRole('button', { name: 'Comprobar' }).click();
  await page.getByText(/^Funciona: \+/).waitFor();
  await look(page, '5-found');
  await page.getByRole('button', { name: 'Conectar', exact: true }).click();
  await page.getByText('ya llama aquí').waitFor();
  assert.match(await page.getByLabel('Dirección del webhook').inputValue(), /\/webhook\/meta\/\w+$/);
  assert.ok((await page.getByLabel('Token de verificación').inputValue()).length > 10);
  await page.getByText('Esperando el primer webhook').waitFor();
  await look(page, '6-webhook');
  await sandbox('POST', '/sandbox/phones/56961234567/messages', { to: second.business_number, type: 'text', text: 'hola, segunda' });
  await page.getByText('Llegan webhooks de este número.').waitFor();
  await page.getByRole('button', { name: 'Listo' }).click();

  const cards = page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Más sobre/ }) });
  await cards.nth(1).waitFor();
  await cards.nth(1).getByRole('button', { name: 'Probar envío' }).click();
  await page.getByLabel('A qué número').fill('+56961234567');
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await page.getByText('El proveedor lo aceptó en').waitFor();
  await page.getByText('Leído', { exact: true }).or(page.getByText('Entregado', { exact: true })).waitFor();
  await look(page, '7-test');
  await page.keyboard.press('Escape');

  const number = await cards.nth(1).getAttribute('aria-label');
  await cards.nth(1).getByRole('button', { name: /^Más sobre/ }).click();
  await look(page, '8-menu');
  await page.getByRole('menuitem', { name: 'Subir' }).click();
  await page.locator(`main ol > li[aria-label="${number}"]:first-child`).waitFor();
  await cards.nth(0).getByRole('button', { name: /^Más sobre/ }).click();
  await page.getByRole('menuitem', { name: 'Pausar' }).click();
  await cards.nth(0).getByText('En pausa').waitFor();
  await cards.nth(0).getByText('Detalles').click();
  await cards.nth(0).getByText('Id del proveedor').waitFor();
  await look(page, '9-paused');
  await cards.nth(0).getByRole('button', { name: 'Seguir' }).click();
  await cards.nth(0).getByText('Funciona').waitFor();
  assertQuiet(NOT_SIGNED_IN);
});

test('an error of the carrier is told on the page, in words', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  await page.goto(`${stage.server.url}/numbers`);
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await sandbox('POST', '/sandbox/faults', { kind: 'error', code: 190, times: 50, calls: 'all' });
  const first = page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Más sobre/ }) }).first();
  await first.getByRole('button', { name: /^Más sobre/ }).click();
  await page.getByRole('menuitem', { name: 'Preguntar al proveedor ahora' }).click();
  await first.getByText('El proveedor no acepta las credenciales.').waitFor();
  await look(page, '10-refused');
  await sandbox('DELETE', '/sandbox/faults');
  await first.getByRole('button', { name: /^Más sobre/ }).click();
  await page.getByRole('menuitem', { name: 'Preguntar al proveedor ahora' }).click();
  await first.getByText('Funciona').waitFor();
  assertQuiet(NOT_SIGNED_IN);
});

test('a phone’s width and other languages; who may only answer sees neither page nor buttons', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const { page } = await stage.open(t, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  for (const [n, path] of ['/numbers', '/numbers/connect'].entries()) {
    await page.goto(stage.server.url + path);
    await page.getByRole('heading', { name: 'Números', level: 1 }).waitFor();
    await page.getByRole('main').getByRole('listitem').first().waitFor();
    assert.ok(await fits(page), `${path} is wider than the phone`);
    await look(page, `11-phone-${n}`);
  }
  await page.getByRole('button', { name: /Evolution/ }).click();
  await page.getByLabel('Dirección del servidor').waitFor();
  assert.ok(await fits(page));
  await look(page, '12-phone-form');
  await page.goto(`${stage.server.url}/numbers`);
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await page.getByText('Enviados (24 h)').first().waitFor();
  assert.ok(await fits(page), 'the line is wider than the phone');
  await look(page, '13-phone-line');

  const agent = await stage.open(t);
  await agent.page.goto(stage.server.url);
  await signIn(agent.page, await stage.person('agente@demo.test', 'Agente'));
  assert.equal(await agent.page.getByRole('link', { name: 'Números' }).count(), 0);
  await agent.page.goto(`${stage.server.url}/numbers/connect`);
  await agent.page.getByText('Tu rol no te muestra esto').or(agent.page.getByText(/rol/)).first().waitFor();
});

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { startReceiver } from '../../apps/server/src/modules/subscriptions/testing/receiver.ts';
import type { Scope } from '../harness/defer.ts';
import { requireTool, tools } from '../harness/tools.ts';
import { openStage, signIn, type Stage } from './stage.ts';

let stage: Stage;
before(async (t) => {
  if (tools.chromium.find()) stage = await openStage(t as unknown as Scope, { CALL_HTTP_ALLOW: '127.0.0.1' });
});

test('a subscription is made, tested, rotated, paused, replayed and removed on its page', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const receiver = await startReceiver(t);
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  await page.getByRole('link', { name: 'Suscripciones' }).click();
  await page.getByText('Aún no hay suscripciones').waitFor();
  await page.getByRole('button', { name: 'Nueva suscripción' }).click();
  await page.getByLabel('Nombre').fill('CRM');
  await page.getByLabel('Dirección').fill(`${receiver.url}/hooks`);
  await page.getByLabel('Alguien escribió').check();
  await page.getByLabel('Y estos eventos propios').fill('cv.received Pagos');
  await page.getByText('«Pagos» no sirve').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Guardar' }).isDisabled());
  await page.getByLabel('Y estos eventos propios').fill('cv.received');
  await page.getByRole('button', { name: 'Guardar' }).click();
  const secret = await page.getByRole('textbox', { name: 'Secreto de las firmas' }).inputValue();
  await page.getByRole('dialog').getByRole('button').last().click();
  await page.getByRole('heading', { name: 'CRM' }).waitFor();
  await page.getByText('message_received, cv.received').waitFor();

  await page.getByRole('button', { name: 'Enviar una prueba' }).click();
  await page.getByText(/Fue recibida, en \d+ ms/).waitFor();
  const [tested] = await receiver.gets(1);
  new Webhook(secret).verify(tested!.raw, tested!.headers as Record<string, string>);
  const log = page.getByRole('region', { name: 'Registro' });
  await log.getByText('test', { exact: true }).waitFor();

  const answer = await fetch(`${stage.server.sandbox}/sandbox/phones/56961234567/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"type":"text","text":"hola"}' });
  assert.equal(answer.status, 201);
  await receiver.gets(2);
  const entry = log.locator('details').filter({ hasText: 'message_received' }).first();
  await entry.locator('summary').click();
  await entry.getByRole('button', { name: 'Enviar este de nuevo' }).click();
  const [, first, again] = await receiver.gets(3);
  assert.equal(again!.event.id, first!.event.id);

  await page.getByRole('button', { name: 'Pausar' }).click();
  await page.getByText('En pausa').first().waitFor();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByRole('button', { name: 'Pausar' }).waitFor();
  const menu = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Más sobre «CRM»' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await menu('Nuevo secreto');
  await page.getByRole('button', { name: 'Crear un secreto nuevo' }).click();
  assert.notEqual(await page.getByRole('textbox', { name: 'Secreto de las firmas' }).inputValue(), secret);
  await page.getByRole('dialog').getByRole('button').last().click();
  await page.getByText('El secreto anterior firma hasta').waitFor();
  await menu('Enviar de nuevo');
  await page.getByRole('dialog').getByRole('button', { name: 'Enviar de nuevo' }).click();
  await page.getByText('1 evento se envía de nuevo.').last().waitFor();
  await receiver.gets(4);
  await menu('Eliminar');
  await page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click();
  await page.getByText('Aún no hay suscripciones').waitFor();
  assertQuiet(/status of 401 .*\/api\/(me|login)\)$/);
});

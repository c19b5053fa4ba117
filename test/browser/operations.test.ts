import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Scope } from '../harness/defer.ts';
import { requireTool, tools } from '../harness/tools.ts';
import { inboxOf, NOT_SIGNED_IN, openStage, sandbox, signIn, type Stage } from './stage.ts';

// What waits and what was set aside, as an operator handles it.
let stage: Stage;
before(async (t) => {
  if (tools.chromium.find()) stage = await openStage(t as unknown as Scope);
});

test('a queue is paused, cleared with a typed word, and what was cleared goes out after all', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  await sandbox(stage, '/sandbox/phones/56961234567/messages', { type: 'text', text: 'hola' });
  const { page, assertQuiet } = await stage.open(t);
  await page.goto(stage.server.url);
  await signIn(page, stage.administrator);
  const inbox = inboxOf(page);
  await inbox.row('Ana Rojas').click();
  await inbox.message('asistente virtual').waitFor();
  const thread = page.url();
  const queues = async (): Promise<void> => {
    await page.getByRole('link', { name: 'Operaciones' }).click();
    await page.getByRole('link', { name: 'Colas' }).waitFor();
  };

  await queues();
  const messages = page.getByRole('region', { name: 'Mensajes' });
  await messages.getByRole('button', { name: 'Pausar' }).click();
  await messages.getByText('ninguno sale hasta reanudar').waitFor();
  await page.goto(thread);
  await inbox.write('Con la cola en pausa');
  await inbox.status('Con la cola en pausa', 'Esperando envío').waitFor();
  await queues();
  await messages.getByText('1pendientes').waitFor();
  await messages.getByRole('button', { name: 'Vaciar' }).click();
  const dialog = page.getByRole('dialog');
  assert.ok(await dialog.getByRole('button', { name: 'Vaciar' }).isDisabled());
  await dialog.getByRole('textbox').fill('vaciar');
  await dialog.getByRole('button', { name: 'Vaciar' }).click();
  await page.getByText('Un elemento apartado').waitFor();
  await messages.getByRole('link', { name: 'Ver' }).click();
  await page.getByRole('article').getByRole('button', { name: 'Reprocesar' }).waitFor();

  // Whoever has the thread open sees the message fail, wait again, and arrive.
  const watcher = await stage.open(t);
  await watcher.page.goto(thread);
  await signIn(watcher.page, stage.administrator, 'Ana Rojas');
  const seen = inboxOf(watcher.page);
  await seen.status('Con la cola en pausa', 'No enviado').waitFor();
  await page.getByRole('article').getByRole('button', { name: 'Reprocesar' }).click();
  await page.getByText('Reprocesado').waitFor();
  await seen.status('Con la cola en pausa', 'Esperando envío').waitFor();
  await page.getByRole('link', { name: 'Colas' }).click();
  await messages.getByRole('button', { name: 'Reanudar' }).click();
  await seen.status('Con la cola en pausa', 'Leído').waitFor();
  assertQuiet(NOT_SIGNED_IN);
  watcher.assertQuiet(NOT_SIGNED_IN);
});

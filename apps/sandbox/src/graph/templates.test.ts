import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listen, startSandbox } from '../testing/harness.ts';
import type { Business, Json, Running } from '../testing/harness.ts';

let sandbox: Running;
let business: Business;
const PHONE = '56911111111';

before(async () => {
  [sandbox, business] = await Promise.all([startSandbox(), listen()]);
  await sandbox.call('POST', '/sandbox/webhook', { callback_url: business.url });
});
after(async () => {
  await sandbox.stop();
  await business.stop();
});

const path = (): string => `/v25.0/${sandbox.config.waba_id}/message_templates`;
const send = async (name: string, language: string, components?: Json[]): Promise<{ id: string; code: unknown; details: string }> => {
  const { body } = await sandbox.send({ to: PHONE, type: 'template', template: { name, language: { code: language }, ...(components === undefined ? {} : { components }) } });
  return { id: String(body['messages']?.[0]?.['id']), code: body['error']?.['code'], details: String(body['error']?.['error_data']?.['details']) };
};
const shown = async (id: string): Promise<Json> => (await sandbox.messages(PHONE)).find((message) => message['id'] === id)?.['rendered'] as unknown as Json;
const params = (type: string, ...texts: string[]): Json => ({ type, parameters: texts.map((text) => ({ type: 'text', text })) });
const otp = (code: string): Json => ({ type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: code }] });

test('seeded templates are listed and sent outside the window; the phone sees them filled in', async () => {
  const { data } = (await sandbox.graph('GET', `${path()}?fields=name,status,language&limit=2`)).body as unknown as { data: Json[] };
  assert.deepEqual(data.map((template) => template['name']), ['aviso_de_hora', 'codigo_de_acceso']);
  const { id, code } = await send('aviso_de_hora', 'es', [params('body', 'Ana', 'martes 4')]);
  assert.equal(code, undefined);
  await business.untilStatus(id, 'delivered');
  const rendered = await shown(id);
  assert.match(String(rendered['body']), /Hola Ana, te recordamos tu hora para el martes 4/);
  // A tapped quick reply comes back as a button with its text as payload and the message as context.
  const tapped = await sandbox.write(PHONE, { type: 'button', button: { payload: 'Confirmo' } });
  const heard = await business.untilMessage(String(tapped.body['id']));
  assert.deepEqual(heard['button'] as unknown, { payload: 'Confirmo', text: 'Confirmo' });
  assert.deepEqual(heard['context'] as unknown, { from: sandbox.config.business_number, id });
});

test('a one-time code must be the same in body and button', async () => {
  const good = await send('codigo_de_acceso', 'es', [params('body', '482913'), otp('482913')]);
  assert.equal(good.code, undefined);
  assert.equal(((await shown(good.id))['buttons'] as Json[])[0]?.['code'], '482913');
  assert.equal((await send('codigo_de_acceso', 'es', [params('body', '482913'), otp('111111')])).code, 132018);
  assert.equal((await send('codigo_de_acceso', 'es', [params('body', '1'.repeat(16)), otp('1'.repeat(16))])).code, 132018);
  assert.equal((await send('codigo_de_acceso', 'es', [params('body', '482913')])).code, 131008);
});

test('parameters must fit, and the template must be there and approved', async () => {
  const few = await send('aviso_de_hora', 'es', [params('body', 'Ana')]);
  assert.equal(few.code, 132000);
  assert.match(few.details, /\(1\) does not match the expected number of params \(2\)/);
  assert.equal((await send('aviso_de_hora', 'es')).code, 132000);
  assert.equal((await send('hello_world', 'en_US', [params('body', 'x')])).code, 132000);
  assert.equal((await send('aviso_de_hora', 'es', [params('body', 'Ana\nRojas', 'x')])).code, 132018);
  assert.equal((await send('aviso_de_hora', 'es', [{ type: 'body', parameters: [{ type: 'currency' }, { type: 'text', text: 'x' }] }])).code, 132012);
  const missing = await send('hello_world', 'es');
  assert.equal(missing.code, 132001);
  assert.match(missing.details, /exists in: en_US/);
  const { status } = await sandbox.send({ to: PHONE, type: 'template', template: { name: 'nope', language: { code: 'es' } } });
  assert.equal(status, 404);
  const templates = (await sandbox.call('GET', '/sandbox/templates')).body['templates'] as unknown as Json[];
  const hello = templates.find((template) => template['name'] === 'hello_world');
  for (const [state, code] of [['PAUSED', 132015], ['DISABLED', 132016], ['APPROVED', undefined]] as const) {
    await sandbox.call('PATCH', `/sandbox/templates/${String(hello?.['id'])}`, { status: state });
    assert.equal((await send('hello_world', 'en_US')).code, code, state);
  }
  const heard = await business.until(() => business.hooks.find((hook) => hook.raw.includes('"event":"PAUSED"')));
  const value = heard.body['entry']?.[0]?.['changes']?.[0]?.['value'];
  assert.equal(value?.['message_template_id'], Number(hello?.['id']));
  assert.equal(value?.['message_template_name'], 'hello_world');
});

const template = (more: Json): Json => ({
  name: 'order_ok', language: 'es', category: 'UTILITY',
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Hola {{who}}', example: { header_text_named_params: [{ param_name: 'who', example: 'Ann' }] } },
    { type: 'BODY', text: 'Tu pedido {{num}} está listo.', example: { body_text_named_params: [{ param_name: 'num', example: '7' }] } },
    { type: 'FOOTER', text: 'Adiós' },
    { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Ver', url: 'https://e.test/{{1}}', example: ['https://e.test/1'] }, { type: 'QUICK_REPLY', text: 'Parar' }] },
  ],
  parameter_format: 'named', ...more,
});

test('a template is created, reviewed, sent with names, edited and deleted', async () => {
  await sandbox.call('PATCH', '/sandbox/settings', { template_review: 30 });
  const created = await sandbox.graph('POST', path(), template({}));
  assert.equal(created.status, 200, JSON.stringify(created.body));
  assert.equal(created.body['status'], 'PENDING');
  await business.until(() => business.hooks.find((hook) => hook.raw.includes('"event":"APPROVED"') && hook.raw.includes('order_ok')));
  const named = (type: string, name: string, text: string): Json => ({ type, parameters: [{ type: 'text', parameter_name: name, text }] });
  const button = { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'p/7' }] };
  const sent = await send('order_ok', 'es', [named('header', 'who', 'Ana'), named('body', 'num', '7'), button]);
  assert.equal(sent.code, undefined, sent.details);
  const rendered = await shown(sent.id);
  assert.equal((rendered['header'] as Json)['text'], 'Hola Ana');
  assert.equal((rendered['buttons'] as Json[])[0]?.['url'], 'https://e.test/p/7');
  assert.equal((await send('order_ok', 'es', [named('header', 'who', 'A'), named('body', 'other', '7'), button])).code, 132012);
  assert.equal((await sandbox.graph('POST', path(), template({}))).body['error']?.['error_subcode'], 2388024);
  await sandbox.call('PATCH', '/sandbox/settings', { template_review: 0 });
  const edit = await sandbox.graph('POST', `/${String(created.body['id'])}`, { components: [{ type: 'BODY', text: 'Ya está listo tu pedido.' }] });
  assert.deepEqual(edit.body as unknown, { success: true });
  assert.equal((await send('order_ok', 'es')).code, undefined);
  assert.deepEqual((await sandbox.graph('DELETE', `${path()}?name=order_ok`)).body as unknown, { success: true });
  assert.equal((await send('order_ok', 'es')).code, 132001);
});

test('what a template may not be is refused when it is created', async () => {
  const body = (text: string, example?: string[][]): Json => ({ type: 'BODY', text, ...(example === undefined ? {} : { example: { body_text: example } }) });
  const wrong: [Json, number | undefined][] = [
    [template({ name: 'Con Espacios' }), undefined], [template({ category: 'SPAM' }), undefined], [template({ language: 'español' }), undefined],
    [template({ components: [{ type: 'FOOTER', text: 'x' }] }), 2388072],
    [template({ parameter_format: 'positional', components: [body('x'.repeat(1025))] }), 2388040],
    [template({ parameter_format: 'positional', components: [body('Hola {{1}}', [['Ana']])] }), 2388299],
    [template({ parameter_format: 'positional', components: [body('Hola {{1}}, adiós.')] }), undefined],
    [template({ parameter_format: 'positional', components: [body('a {{1}} {{2}} b', [['1', '2']])] }), 2388293],
    [template({ components: [body('Hola'), { type: 'FOOTER', text: 'x'.repeat(61) }] }), 2388073],
    [template({ components: [body('Hola'), { type: 'HEADER', format: 'TEXT', text: 'x'.repeat(61) }] }), 2388047],
    [template({ category: 'AUTHENTICATION', components: [{ type: 'BODY', text: 'mine' }] }), 2388072],
  ];
  for (const [given, subcode] of wrong) {
    const { status, body: answer } = await sandbox.graph('POST', path(), given);
    assert.equal(status, 400, JSON.stringify(given));
    assert.equal(answer['error']?.['code'], 100);
    assert.equal(answer['error']?.['error_subcode'] as unknown, subcode, JSON.stringify(given));
  }
  const auth = await sandbox.graph('POST', path(), {
    name: 'codigo', language: 'es', category: 'AUTHENTICATION',
    components: [{ type: 'BODY', add_security_recommendation: true }, { type: 'FOOTER', code_expiration_minutes: 5 }, { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copiar' }] }],
  });
  assert.equal(auth.status, 200, JSON.stringify(auth.body));
  assert.equal((await send('codigo', 'es', [params('body', '99'), otp('99')])).code, undefined);
});

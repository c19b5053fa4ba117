/** What the business offers to tap: buttons, lists, links, forms. */
import { h, icon } from './dom.js';
import { t } from './i18n.js';
import { form, openSheet } from './sheets.js';
import { link } from './text.js';

/** A template as rendered by the sandbox. */
export function templateParts(message) {
  return message.rendered ?? { body: message.text, buttons: [] };
}

/** The buttons below a message of the business. */
export function interactive(message, view) {
  if (message.type === 'template') return templateButtons(message, view);
  if (message.type !== 'interactive') return [];
  const object = message.payload.interactive ?? {};
  const action = object.action ?? {};
  const done = view.answered(message.id);
  const tap = (label, run, name) => h('button.action', { type: 'button', onclick: run, ...(done ? { 'data-done': 'true' } : {}) }, name ? icon(name, 17) : null, label);
  const answer = (body) => view.send({ ...body, context: { message_id: message.id } });
  switch (object.type) {
    case 'button': return (action.buttons ?? []).map(({ reply }) => tap(reply.title, () => answer({ type: 'button_reply', button_reply: { id: reply.id, title: reply.title } }), 'reply'));
    case 'list': return [tap(action.button ?? t('options'), () => listSheet(action, view, answer), 'list')];
    case 'cta_url': return [h('span.action', {}, icon('link', 17), link(action.parameters?.url ?? '', action.parameters?.display_text ?? t('open_link')))];
    case 'location_request_message': return [tap(t('send_location'), () => view.locationSheet(message.id), 'pin')];
    case 'flow': return [tap(action.parameters?.flow_cta ?? t('fill_form'), () => flowSheet(action, view, answer), 'file')];
    case 'address_message': return [tap(t('fill_form'), () => addressSheet(view, answer), 'pin')];
    case 'call_permission_request': return [
      tap(t('allow'), () => answer({ type: 'call_permission_reply', call_permission_reply: { response: 'accept' } }), 'phone'),
      tap(t('deny'), () => answer({ type: 'call_permission_reply', call_permission_reply: { response: 'reject' } }), 'close'),
    ];
    case 'product': return [tap(t('order'), () => orderSheet([{ product_retailer_id: action.product_retailer_id }], { catalog: action.catalog_id, view, answer }))];
    case 'product_list': return [tap(t('options'), () => orderSheet((action.sections ?? []).flatMap((section) => section.product_items ?? []), { catalog: action.catalog_id, view, answer }), 'list')];
    case 'catalog_message': return [tap(t('catalog'), () => orderSheet([{ product_retailer_id: action.parameters?.thumbnail_product_retailer_id ?? '' }], { catalog: '', view, answer }), 'list')];
    case 'carousel': return (action.cards ?? []).flatMap((card) => cardActions(card, { tap, answer }));
    default: return [];
  }
}

function cardActions(card, { tap, answer }) {
  const { parameters, buttons } = card.action ?? {};
  if (parameters?.url) return [h('span.action', {}, icon('link', 17), link(parameters.url, parameters.display_text ?? t('open_link')))];
  return (buttons ?? []).map((button) => button.quick_reply ?? button.reply).filter(Boolean)
    .map((reply) => tap(reply.title, () => answer({ type: 'button_reply', button_reply: { id: reply.id, title: reply.title } }), 'reply'));
}

function templateButtons(message, view) {
  const { buttons = [], cards } = templateParts(message);
  return [...buttons, ...(cards ?? []).flatMap((card) => card.buttons ?? [])].map((button) => {
    const act = (name, run) => h('button.action', { type: 'button', onclick: run }, icon(name, 17), button.text);
    if (button.code) return act('copy', () => view.copy(button.code));
    switch (button.type) {
      case 'QUICK_REPLY': return act('reply', () => view.send({ type: 'button', button: { payload: button.payload ?? button.text, text: button.text }, context: { message_id: message.id } }));
      case 'URL': return h('span.action', {}, icon('link', 17), link(button.url ?? '', button.text));
      case 'PHONE_NUMBER': return h('span.action', {}, icon('phone', 17), `${button.text} (${button.phone_number ?? ''})`);
      default: return h('span.action', {}, button.text);
    }
  });
}

function listSheet(action, view, answer) {
  openSheet(view.frame(), action.button ?? t('choose'), (close) => (action.sections ?? []).map((section) => h('section.rows', {},
    section.title ? h('h4', {}, section.title) : null,
    ...(section.rows ?? []).map((row) => h('button.row', {
      type: 'button',
      onclick: () => { close(); answer({ type: 'list_reply', list_reply: { id: row.id, title: row.title, ...(row.description ? { description: row.description } : {}) } }); },
    }, h('span', {}, row.title), row.description ? h('small', {}, row.description) : null)))));
}

function flowSheet(action, view, answer) {
  const token = action.parameters?.flow_token;
  const start = { ...(token ? { flow_token: token } : {}), ...action.parameters?.flow_action_payload?.data };
  openSheet(view.frame(), action.parameters?.flow_cta ?? t('fill_form'), (close) => form(
    { json: { label: t('flow_answer'), type: 'textarea', value: JSON.stringify(start, null, 2) } }, t('send'), async ({ json }) => {
      JSON.parse(json);
      await answer({ type: 'nfm_reply', nfm_reply: { response_json: json, name: 'flow' } });
      close();
    }));
}

function addressSheet(view, answer) {
  openSheet(view.frame(), t('address'), (close) => form(
    { name: { label: t('name') }, phone_number: { label: t('phone'), type: 'tel' }, address: { label: t('address') } }, t('send'), async (values) => {
      await answer({ type: 'nfm_reply', nfm_reply: { response_json: { values }, body: values.address, name: 'address_message' } });
      close();
    }));
}

function orderSheet(items, { catalog, view, answer }) {
  openSheet(view.frame(), t('order'), (close) => form(
    { product: { label: t('product', { id: '' }).trim(), value: items[0]?.product_retailer_id ?? '' }, quantity: { label: t('quantity'), type: 'number', value: '1' } }, t('order'), async ({ product, quantity }) => {
      await answer({ type: 'order', order: { catalog_id: String(catalog), product_items: [{ product_retailer_id: product, quantity: Number(quantity), item_price: 1000, currency: 'CLP' }] } });
      close();
    }));
}

/** Checks of the interactive types, with the limits of section 1.3. */
import { GraphError } from '../errors.ts';
import { httpUrl, isFields, listOf, object, optionalText, textOf } from '../fields.ts';
import type { Fields } from '../fields.ts';
import type { CheckContext, Draft, MediaReference } from './draft.ts';
import { mediaReference } from './media-reference.ts';

const TYPES = [
  'button', 'list', 'cta_url', 'flow', 'product', 'product_list', 'catalog_message', 'location_request_message',
  'address_message', 'call_permission_request', 'carousel',
] as const;
type InteractiveType = (typeof TYPES)[number];

/** Inside `interactive` a wrong value is 131009, a missing one 131008. */
const WRONG = 131009;

export function checkInteractive(interactive: Fields, context: CheckContext): Draft {
  const given = textOf(interactive, 'type', { path: "interactive['type']", max: 50 });
  const type = TYPES.find((known) => known === given);
  if (type === undefined) throw new GraphError(WRONG, `Param interactive['type'] must be one of ${TYPES.join(', ')}.`);
  const media: MediaReference[] = [];
  const header = checkHeader(type, interactive, context);
  if (header !== undefined) media.push(header);
  const text = checkBody(type, interactive);
  if (interactive['footer'] !== undefined) {
    textOf(object(interactive, 'footer', "interactive['footer']"), 'text', { path: "interactive['footer']['text']", max: 60, code: WRONG });
  }
  media.push(...checkAction(type, object(interactive, 'action', "interactive['action']"), context));
  return { type: 'interactive', text, category: 'service', media };
}

function checkBody(type: InteractiveType, interactive: Fields): string {
  // A product shows its catalogue text; everything else needs words of its own.
  if (interactive['body'] === undefined && type === 'product') return '';
  const body = object(interactive, 'body', "interactive['body']");
  return textOf(body, 'text', { path: "interactive['body']['text']", max: type === 'list' ? 4096 : 1024, code: WRONG });
}

function checkHeader(type: InteractiveType, interactive: Fields, context: CheckContext): MediaReference | undefined {
  if (interactive['header'] === undefined) {
    if (type === 'product_list') throw new GraphError(131008, "The parameter interactive['header'] is required for product_list.");
    return undefined;
  }
  if (type === 'product' || type === 'location_request_message' || type === 'carousel') {
    throw new GraphError(WRONG, `An interactive message of type ${type} cannot have a header.`);
  }
  const header = object(interactive, 'header', "interactive['header']");
  const kind = textOf(header, 'type', { path: "interactive['header']['type']", max: 20 });
  if (kind === 'text') {
    textOf(header, 'text', { path: "interactive['header']['text']", max: 60, code: WRONG });
    return undefined;
  }
  const onlyText = type === 'list' || type === 'product_list';
  if (onlyText || (kind !== 'image' && kind !== 'video' && kind !== 'document')) {
    throw new GraphError(WRONG, `Header type invalid for ${type}. ${onlyText ? 'Only text is allowed.' : 'It must be text, image, video or document.'}`);
  }
  return mediaReference(kind, object(header, kind, `interactive['header']['${kind}']`), context);
}

function checkAction(type: InteractiveType, action: Fields, context: CheckContext): MediaReference[] {
  switch (type) {
    case 'button': checkButtons(action); return [];
    case 'list': checkList(action); return [];
    case 'cta_url': checkCta(action); return [];
    case 'flow': checkFlow(action); return [];
    case 'product':
      textOf(action, 'catalog_id', { path: "action['catalog_id']", max: 200 });
      textOf(action, 'product_retailer_id', { path: "action['product_retailer_id']", max: 200 });
      return [];
    case 'product_list': checkProducts(action); return [];
    case 'catalog_message': checkName(action, 'catalog_message'); return [];
    case 'location_request_message': checkName(action, 'send_location'); return [];
    case 'address_message': {
      checkName(action, 'address_message');
      textOf(object(action, 'parameters', "action['parameters']"), 'country', { path: "action['parameters']['country']", max: 2, code: WRONG });
      return [];
    }
    case 'call_permission_request': checkName(action, 'call_permission_request'); return [];
    case 'carousel': return checkCarousel(action, context);
  }
}

function checkName(action: Fields, name: string): void {
  if (textOf(action, 'name', { path: "action['name']", max: 50 }) !== name) throw new GraphError(WRONG, `Param action['name'] must be "${name}".`);
}

function unique(values: readonly string[], what: string): void {
  if (new Set(values).size !== values.length) throw new GraphError(WRONG, `Duplicate ${what}: every ${what} must be different.`);
}

function checkButtons(action: Fields): void {
  const buttons = listOf(action, 'buttons', { path: 'buttons', min: 1, max: 3 });
  const replies = buttons.map((button, at) => {
    if (button['type'] !== 'reply') throw new GraphError(WRONG, `Param action['buttons'][${at}]['type'] must be "reply".`);
    const reply = object(button, 'reply', `action['buttons'][${at}]['reply']`);
    return {
      id: textOf(reply, 'id', { path: 'button id', max: 256, code: WRONG }),
      title: textOf(reply, 'title', { path: 'button title', max: 20, code: WRONG }),
    };
  });
  unique(replies.map((reply) => reply.id), 'button id');
  unique(replies.map((reply) => reply.title), 'button title');
}

function checkList(action: Fields): void {
  textOf(action, 'button', { path: "action['button']", max: 20, code: WRONG });
  const sections = listOf(action, 'sections', { path: 'sections', min: 1, max: 10 });
  const ids: string[] = [];
  sections.forEach((section, at) => {
    const titled = { path: `action['sections'][${at}]['title']`, max: 24, code: WRONG };
    if (sections.length > 1) textOf(section, 'title', titled);
    else optionalText(section, 'title', titled);
    for (const row of listOf(section, 'rows', { path: 'rows', min: 1, max: 10 })) {
      ids.push(textOf(row, 'id', { path: 'row id', max: 200, code: WRONG }));
      textOf(row, 'title', { path: 'row title', max: 24, code: WRONG });
      optionalText(row, 'description', { path: 'row description', max: 72, code: WRONG });
    }
  });
  if (ids.length > 10) throw new GraphError(WRONG, `Total row count exceed max allowed count: 10 (there are ${ids.length}).`);
  unique(ids, 'row id');
}

function checkCta(action: Fields): void {
  checkName(action, 'cta_url');
  const parameters = object(action, 'parameters', "action['parameters']");
  textOf(parameters, 'display_text', { path: "action['parameters']['display_text']", max: 20, code: WRONG });
  httpUrl(textOf(parameters, 'url', { path: "action['parameters']['url']", max: 2000, code: WRONG }), "action['parameters']['url']");
}

function checkFlow(action: Fields): void {
  checkName(action, 'flow');
  const parameters = object(action, 'parameters', "action['parameters']");
  if (String(parameters['flow_message_version'] ?? '') !== '3') throw new GraphError(WRONG, 'Param flow_message_version must be "3".');
  if ((parameters['flow_id'] === undefined) === (parameters['flow_name'] === undefined)) {
    throw new GraphError(131008, 'Give either flow_id or flow_name.');
  }
  textOf(parameters, 'flow_cta', { path: 'flow_cta', max: 30, code: WRONG });
  const mode = parameters['mode'] ?? 'published';
  if (mode !== 'draft' && mode !== 'published') throw new GraphError(WRONG, 'Param mode must be draft or published.');
  const next = parameters['flow_action'] ?? 'navigate';
  if (next !== 'navigate' && next !== 'data_exchange') throw new GraphError(WRONG, 'Param flow_action must be navigate or data_exchange.');
  const payload = parameters['flow_action_payload'];
  if (next === 'data_exchange' && payload !== undefined) throw new GraphError(WRONG, 'flow_action_payload is not allowed with flow_action data_exchange.');
  if (payload !== undefined && (!isFields(payload) || typeof payload['screen'] !== 'string')) throw new GraphError(131008, "The parameter flow_action_payload['screen'] is required.");
}

function checkProducts(action: Fields): void {
  textOf(action, 'catalog_id', { path: "action['catalog_id']", max: 200 });
  const sections = listOf(action, 'sections', { path: 'sections', min: 1, max: 10 });
  let items = 0;
  sections.forEach((section, at) => {
    if (sections.length > 1) textOf(section, 'title', { path: `action['sections'][${at}]['title']`, max: 24, code: WRONG });
    for (const item of listOf(section, 'product_items', { path: 'product_items', min: 1, max: 30 })) {
      textOf(item, 'product_retailer_id', { path: 'product_retailer_id', max: 200 });
      items += 1;
    }
  });
  if (items > 30) throw new GraphError(WRONG, `At most 30 products in all, there are ${items}.`);
}

function checkCarousel(action: Fields, context: CheckContext): MediaReference[] {
  const media: MediaReference[] = [];
  for (const card of listOf(action, 'cards', { path: 'cards', min: 2, max: 10 })) {
    const kind = card['type'] ?? 'cta_url';
    const inner = object(card, 'action', "card['action']");
    if (kind === 'product') {
      textOf(inner, 'catalog_id', { path: "action['catalog_id']", max: 200 });
      textOf(inner, 'product_retailer_id', { path: "action['product_retailer_id']", max: 200 });
      continue;
    }
    const header = object(card, 'header', "card['header']");
    const held = header['type'];
    if (held !== 'image' && held !== 'video') throw new GraphError(WRONG, 'The header of a card must be an image or a video.');
    media.push(mediaReference(held, object(header, held, `card['header']['${held}']`), context));
    if (card['body'] !== undefined) textOf(object(card, 'body', "card['body']"), 'text', { path: "card['body']['text']", max: 160, code: WRONG });
    if (inner['buttons'] === undefined) checkCta(inner);
    else checkCardButtons(inner);
  }
  return media;
}

function checkCardButtons(action: Fields): void {
  for (const button of listOf(action, 'buttons', { path: 'buttons', min: 1, max: 2 })) {
    const reply = button['quick_reply'] ?? button['reply'];
    if (!isFields(reply)) throw new GraphError(131008, "The parameter button['quick_reply'] is required.");
    textOf(reply, 'id', { path: 'button id', max: 256, code: WRONG });
    textOf(reply, 'title', { path: 'button title', max: 20, code: WRONG });
  }
}

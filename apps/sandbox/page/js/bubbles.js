/** Bubbles: what a message looks like on the phone. */
import { h, icon, iconButton } from './dom.js';
import { t, time } from './i18n.js';
import { interactive, templateParts } from './interactive.js';
import { formatted, link, plain } from './text.js';

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** The object under the type key, of whichever direction. */
export const contentOf = (message) => message.payload?.[message.type] ?? {};

export const mediaSource = (id) => `/sandbox/media/${encodeURIComponent(id)}`;

/** Where the file of a message can be had from. */
function sourceOf(message, object) {
  const id = object?.id ?? message.fetched?.[object?.link]?.id ?? message.media?.id;
  return id ? mediaSource(id) : null;
}

/** One line that stands for a message in quotes and lists. */
export function summary(message) {
  if (message.revoked) return t('revoked');
  const names = { image: 'photo_alt', video: 'photo', audio: 'audio', document: 'document', sticker: 'sticker', location: 'location', contacts: 'contact' };
  const name = names[message.type];
  return [name ? t(name) : '', plain(message.edited ?? message.text ?? '')].filter(Boolean).join(': ');
}

/** A bubble with parts that can be brought up to date in place. */
export function bubble(message, view) {
  const received = message.direction === 'in';
  const ticks = h('span.ticks', {});
  const reactions = h('div.reactions', {});
  const meta = h('span.meta', {}, message.edited ? h('span', {}, t('edited')) : null, h('time', {}, time(message.timestamp)), received ? null : ticks);
  const body = message.revoked ? [h('p.revoked', {}, icon('no', 16), t('revoked'))] : [writerOf(message), quoteOf(message, view), ...content(message, view)];
  const balloon = h(`div.balloon.kind-${message.type}`, {}, ...body, meta, message.revoked ? null : options(message, view), reactions);
  const below = message.revoked || !received ? [] : actions(message, view);
  const element = h(`article.message.${received ? 'in' : 'out'}`, { 'data-id': message.id, 'data-type': message.type, tabindex: '-1' }, balloon, ...below);
  return {
    element,
    update: (now, reacted) => {
      element.dataset.status = now.status;
      if (!received) showTicks(ticks, now.status);
      reactions.replaceChildren(...(reacted ?? []).map((emoji) => h('span', {}, emoji)));
      reactions.hidden = !reacted?.length;
    },
  };
}

/** In a group: who wrote it. */
function writerOf(message) {
  return message.direction === 'in' && message.chat?.endsWith('@g.us') ? h('strong.writer', {}, message.from_name || `+${message.from}`) : null;
}

function showTicks(box, status) {
  if (box.dataset.status === status) return;
  box.dataset.status = status;
  const label = t(`status_${status}`);
  box.replaceChildren(icon(status === 'sent' ? 'tick' : 'ticks', 15));
  box.setAttribute('role', 'img');
  box.setAttribute('aria-label', label);
  box.title = label;
}

/** What makes a bubble another one; everything else is changed in place. */
export function signature(message, view) {
  const quoted = message.context?.message_id ? view.find(message.context.message_id) : null;
  return JSON.stringify([message.type, message.revoked, message.edited, message.media?.id, message.fetched ? 1 : 0, quoted ? 1 : 0, view.answered(message.id) ? 1 : 0]);
}

function quoteOf(message, view) {
  const id = message.context?.message_id;
  if (!id || message.type === 'reaction') return null;
  const quoted = view.find(id);
  if (!quoted) return null;
  const who = quoted.direction === 'in' ? view.companyName() : t('you');
  return h('button.quote', { type: 'button', onclick: () => view.show(id) }, h('strong', {}, who), h('span', {}, summary(quoted)));
}

/** @returns {Array<Node|null>} */
function content(message, view) {
  const object = contentOf(message);
  switch (message.type) {
    case 'text': return [words(message.edited ?? object.body ?? message.text)];
    case 'image': case 'sticker': case 'video': case 'audio': case 'document': return media(message.type, object, { message, view });
    case 'location': return [place(object)];
    case 'contacts': return (Array.isArray(object) ? object : []).map(card);
    case 'interactive': return message.direction === 'in' ? interactiveContent(message, object) : [words(message.text || t('unsupported', { type: object.type ?? message.type }))];
    case 'template': return template(message);
    case 'button': return [words(object.text ?? message.text)];
    case 'order': return [h('div.card', {}, h('strong', {}, t('order')), ...(object.product_items ?? []).map((item) => h('span', {}, `${item.quantity} × ${item.product_retailer_id}`)), object.text ? words(object.text) : null)];
    case 'system': return [words(object.body ?? t('unsupported', { type: message.type }))];
    default: return [h('p.muted', {}, t('unsupported', { type: message.type }))];
  }
}

const words = (text) => h('p.words', {}, ...formatted(String(text)));

function media(type, object, { message, view }) {
  // A link is never loaded by the page: only what the sandbox itself fetched.
  const source = sourceOf(message, object);
  const caption = object.caption ? words(object.caption) : null;
  if (source === null) return [h('p.muted', {}, t('unsupported', { type })), caption];
  switch (type) {
    case 'image': return [h('a.picture', { href: source, target: '_blank', rel: 'noopener' }, h('img', { src: source, alt: object.caption ?? t('photo_alt'), loading: 'lazy' })), caption];
    case 'sticker': return [h('img.sticker', { src: source, alt: t('sticker') })];
    case 'video': return [h('video', { src: source, controls: true, preload: 'metadata' }), caption];
    case 'audio': return [h('div.audio', {}, icon(object.voice ? 'mic' : 'audio', 18), h('audio', {
      src: source, controls: true, preload: 'metadata', 'aria-label': object.voice ? t('voice') : t('audio'),
      onplay: () => {
        if (message.direction === 'in') view.played(message);
      },
    }))];
    default: {
      const name = object.filename ?? message.media?.filename ?? t('document');
      return [h('a.file', { href: source, download: name }, icon('file', 26), h('span', {}, h('strong', {}, name), h('small', {}, sizeOf(message)))), caption];
    }
  }
}

function sizeOf(message) {
  const size = message.media?.size;
  if (!size) return t('download');
  return size > 1024 * 1024 ? `${(size / 1024 / 1024).toFixed(1)} MB` : `${Math.max(1, Math.round(size / 1024))} kB`;
}

function place(object) {
  const at = `${object.latitude},${object.longitude}`;
  return h('div.place', {},
    h('div.map', { 'aria-hidden': 'true' }, icon('pin', 30)),
    link(`https://www.openstreetmap.org/?mlat=${object.latitude}&mlon=${object.longitude}#map=16/${object.latitude}/${object.longitude}`, h('strong', {}, object.name ?? at)),
    object.address ? h('small', {}, object.address) : h('small', {}, at));
}

function card(contact) {
  const name = contact.name?.formatted_name ?? t('contact');
  return h('div.contact-card', {}, h('span.avatar', { 'aria-hidden': 'true' }, name.slice(0, 1)),
    h('div', {}, h('strong', {}, name), ...(contact.phones ?? []).map((one) => h('small', {}, one.phone ?? one.wa_id)), contact.org?.company ? h('small', {}, contact.org.company) : null));
}

function headerOf(message, header) {
  if (!header) return [];
  if (header.type === 'text') return [h('p.header', {}, ...formatted(header.text ?? ''))];
  if (header.type === 'location') return [place(header.location ?? {})];
  const object = header[header.type] ?? header.media ?? {};
  return media(header.type, object, { message, view: { played: () => undefined } });
}

function interactiveContent(message, object) {
  if (object.type === 'carousel') {
    const cards = (object.action?.cards ?? []).map((one) => h('div.slide', {}, ...headerOf({ ...message, media: undefined }, one.header), one.body?.text ? words(one.body.text) : null));
    return [object.body?.text ? words(object.body.text) : null, h('div.carousel', {}, ...cards)];
  }
  const product = object.type === 'product' ? h('div.card', {}, h('strong', {}, t('product', { id: object.action?.product_retailer_id })), h('small', {}, `${t('catalog')} ${object.action?.catalog_id}`)) : null;
  return [...headerOf(message, object.header), product, object.body?.text ? words(object.body.text) : null, object.type === 'call_permission_request' ? h('p.muted', {}, t('call_permission')) : null, object.footer?.text ? h('p.footer', {}, object.footer.text) : null];
}

function template(message) {
  const { header, body, footer, cards } = templateParts(message);
  return [...headerOf(message, header), words(body), footer ? h('p.footer', {}, footer) : null,
    cards ? h('div.carousel', {}, ...cards.map((one) => h('div.slide', {}, ...headerOf({ ...message, media: undefined }, one.header), words(one.body)))) : null];
}

/** What can be tapped below a bubble. */
function actions(message, view) {
  const buttons = interactive(message, view);
  return buttons.length === 0 ? [] : [h('div.actions', {}, ...buttons)];
}

/** Moves a menu sideways until it lies within the chat, and scrolls it into sight. */
function keepInside(menu) {
  menu.style.translate = 'none';
  const around = menu.closest('.scroller').getBoundingClientRect();
  const own = menu.getBoundingClientRect();
  const shift = Math.min(0, around.right - 8 - own.right) || Math.max(0, around.left + 8 - own.left);
  menu.style.translate = `${shift}px`;
  menu.scrollIntoView({ block: 'nearest' });
}

function options(message, view) {
  const menu = h('div.menu', { role: 'menu', hidden: true });
  const close = () => {
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
  };
  const item = (name, label, run) => h('button', { type: 'button', role: 'menuitem', onclick: () => { close(); run(); } }, icon(name, 16), label);
  const fill = () => {
    const mine = view.myReaction(message.id);
    menu.replaceChildren(
      h('div.emoji', {}, ...EMOJI.map((emoji) => h('button', {
        type: 'button', 'aria-label': emoji === mine ? t('remove_reaction') : t('react_with', { emoji }), 'aria-pressed': String(emoji === mine),
        onclick: () => { close(); view.react(message, emoji === mine ? undefined : emoji); },
      }, emoji))),
      item('reply', t('reply'), () => view.reply(message)),
      item('copy', t('copy'), () => view.copy(message.edited ?? message.text)),
      ...(message.direction === 'out' ? [item('no', t('revoke'), () => view.revoke(message))] : []));
  };
  const button = iconButton('down', t('message_options'), () => {
    const open = menu.hidden;
    if (open) fill();
    menu.hidden = !open;
    if (open) keepInside(menu);
    button.setAttribute('aria-expanded', String(open));
  }, { size: 16, 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
  const box = h('div.options', {
    onkeydown: (event) => { if (event.key === 'Escape') { close(); button.focus(); } },
    onfocusout: (event) => { if (!box.contains(event.relatedTarget)) close(); },
  }, button, menu);
  return box;
}


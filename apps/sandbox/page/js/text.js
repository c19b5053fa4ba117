import { h } from './dom.js';

/** WhatsApp's marks: *bold*, _italic_, ~struck~, ```mono```; and addresses become links. */
const MARKS = [
  [/```([\s\S]+?)```/, 'code'],
  [/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*?\S)\*(?![\p{L}\p{N}*])/u, 'strong'],
  [/(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*?\S)_(?![\p{L}\p{N}_])/u, 'em'],
  [/(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*?\S)~(?![\p{L}\p{N}~])/u, 's'],
];
const LINK = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/;

/** Only http and https lead anywhere. */
export function safeUrl(value) {
  try {
    const url = new URL(value);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

export function link(url, ...children) {
  return h('a', { href: safeUrl(url) ?? '#', target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

/** One line without WhatsApp's marks, for quotes. */
export function plain(text) {
  return MARKS.reduce((rest, [pattern]) => rest.replace(new RegExp(pattern.source, `g${pattern.flags}`), '$1'), text);
}

/** @returns {Array<Node|string>} */
export function formatted(text) {
  const address = LINK.exec(text);
  if (address) return [...marked(text.slice(0, address.index)), link(address[0], address[0]), ...formatted(text.slice(address.index + address[0].length))];
  return marked(text);
}

function marked(text) {
  for (const [pattern, tag] of MARKS) {
    const found = pattern.exec(text);
    if (found) return [...marked(text.slice(0, found.index)), h(tag, {}, ...(tag === 'code' ? [found[1]] : marked(found[1]))), ...marked(text.slice(found.index + found[0].length))];
  }
  return text === '' ? [] : [text];
}

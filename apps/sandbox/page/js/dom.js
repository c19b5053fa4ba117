/** A small way to build elements: text is always text, never markup. */

/**
 * @param {string} name tag, with classes after dots: `div.bubble.in`
 * @param {Record<string, unknown>} [properties] `onclick` and the like are listeners, `data`/`aria-` attributes as written
 * @param {...(Node|string|null|undefined|false|Array<Node|string|null|undefined|false>)} children
 */
export function h(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes('-') && typeof value !== 'string') element[key] = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

const PATHS = {
  tick: 'M2 8.5l3.5 3.5L13 4.5',
  ticks: 'M1 8.5L4.5 12 12 4.5M7.5 11l1 1L16 4.5',
  clock: 'M8 3.5v4.7l3 1.8M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z',
  send: 'M3 3.5l18 8.5-18 8.5 3-8.5-3-8.5zM6 12h9',
  plus: 'M12 5v14M5 12h14',
  more: 'M12 6v.01M12 12v.01M12 18v.01',
  down: 'M6 9l6 6 6-6',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  photo: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01',
  audio: 'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  pin: 'M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.800-7 11-7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.8-4 4-6 7.500-6s6.700 2 7.500 6',
  mic: 'M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3',
  stop: 'M7 7h10v10H7z',
  reply: 'M10 6L4 12l6 6M4.500 12H14a6 6 0 0 1 6 6',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.500c1.800 2.500 5.200 2.500 7 0M9 9.500v.01M15 9.500v.01',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  link: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  phone: 'M6 3h3l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
  list: 'M8 6h12M8 12h12M8 18h12M4 6v.01M4 12v.01M4 18v.01',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6l1-7z',
  hook: 'M8 4v9a4 4 0 0 0 8 0v-2M13 13l3-3 3 3M8 4a2 2 0 1 0 0-.01',
  sun: 'M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M19 5l-1.400 1.400M6.400 17.600L5 19',
  moon: 'M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500z',
  off: 'M12 3v8M6.500 6.500a8 8 0 1 0 11 0',
  no: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.700 5.700l12.600 12.600',
};

/** A line drawing in the colour of the text around it. Decorative: what it means stands in the label of its button. */
export function icon(name, size = 20) {
  const box = name === 'tick' || name === 'ticks' || name === 'clock' ? 16 : 24;
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const shape = { viewBox: name === 'ticks' ? '0 0 17 16' : `0 0 ${box} ${box}`, width: name === 'ticks' ? size + 1 : size, height: size, fill: 'none', stroke: 'currentColor', 'stroke-width': box === 16 ? 1.6 : 1.8, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' };
  for (const [key, value] of Object.entries(shape)) svg.setAttribute(key, String(value));
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon and is called by its label. */
export function iconButton(name, label, onclick, more = {}) {
  return h('button.icon-button', { type: 'button', 'aria-label': label, title: label, onclick, ...more }, icon(name, more.size ?? 20));
}

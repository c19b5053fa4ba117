/** Sheets that slide up inside a phone: lists to choose from, small forms. */
import { h, iconButton } from './dom.js';
import { t } from './i18n.js';

/**
 * Opens a sheet in a phone. `build` gets a function that closes it and returns its content.
 * @param {HTMLElement} frame the phone
 */
export function openSheet(frame, title, build) {
  frame.querySelector('.sheet-cover')?.remove();
  const before = document.activeElement;
  const close = () => {
    cover.remove();
    if (before instanceof HTMLElement) before.focus();
  };
  const sheet = h('div.sheet', { role: 'dialog', 'aria-modal': 'true', 'aria-label': title },
    h('header', {}, h('h3', {}, title), iconButton('close', t('close'), close)),
    h('div.sheet-body', {}, build(close)));
  const cover = h('div.sheet-cover', {
    onclick: (event) => {
      if (event.target === cover) close();
    },
    onkeydown: (event) => {
      if (event.key === 'Escape') close();
    },
  }, sheet);
  frame.append(cover);
  const first = sheet.querySelector('input, select, textarea, .sheet-body button');
  (first instanceof HTMLElement ? first : sheet.querySelector('button'))?.focus();
}

/**
 * A form of labelled fields. `fields`: name → {label, type?, value?, required?}; `submit` gets the values.
 */
export function form(fields, action, submit) {
  const inputs = Object.entries(fields).map(([name, field]) => {
    const tag = field.type === 'textarea' ? 'textarea' : 'input';
    const input = h(tag, { name, ...(tag === 'input' ? { type: field.type ?? 'text' } : { rows: 5 }), required: field.required !== false, ...(field.step ? { step: field.step } : {}) });
    if (field.value !== undefined) input.value = field.value;
    return [name, input, h('label.field', {}, h('span', {}, field.label), input)];
  });
  const problem = h('p.problem', { role: 'alert', hidden: true });
  return h('form.stack', {
    onsubmit: async (event) => {
      event.preventDefault();
      problem.hidden = true;
      try {
        await submit(Object.fromEntries(inputs.map(([name, input]) => [name, input.value.trim()])));
      } catch (error) {
        problem.textContent = error.message;
        problem.hidden = false;
      }
    },
  }, inputs.map(([, , label]) => label), problem, h('button.primary', { type: 'submit' }, action));
}

/** A line that tells for a moment what went wrong or well. */
export function toast(frame, text) {
  frame.querySelector('.toast')?.remove();
  const line = h('div.toast', { role: 'status' }, text);
  frame.append(line);
  setTimeout(() => line.remove(), 4000);
}

/** The document's own clipboard; false when the browser refuses. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

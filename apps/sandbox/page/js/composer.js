/** Where a phone writes: text, files, places, contacts, voice. */
import { api } from './api.js';
import { h, icon, iconButton } from './dom.js';
import { t } from './i18n.js';
import { form, openSheet, toast } from './sheets.js';
import { summary } from './bubbles.js';

const MOST = 100 * 1024 * 1024;
/** What Chromium, Firefox and Safari can record and WhatsApp takes. */
const RECORDING = ['audio/ogg;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4'];

export function composer(view) {
  let quoted = null;
  const quote = h('div.quoting', { hidden: true });
  const input = h('textarea', { rows: 1, 'aria-label': t('write_to'), placeholder: t('write_to'), maxlength: '65536' });
  const send = iconButton('send', t('send'), () => submit(), { size: 22 });
  send.classList.add('send');
  const mime = typeof MediaRecorder === 'undefined' ? undefined : RECORDING.find((type) => MediaRecorder.isTypeSupported(type));
  const record = mime === undefined ? null : iconButton('mic', t('record'), () => startRecording(), { size: 22 });
  const bar = h('div.bar', {}, attachments(), input, record, send);
  const box = h('footer.composer', {}, quote, bar);

  const grow = () => {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
    if (record !== null) record.hidden = input.value.trim() !== '';
    send.hidden = record !== null && input.value.trim() === '';
  };
  input.addEventListener('input', grow);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  });

  const context = () => (quoted === null ? {} : { context: { message_id: quoted.id } });

  async function submit() {
    const text = input.value.trim();
    if (text === '') return;
    const body = { type: 'text', text, ...context() };
    input.value = '';
    stopQuoting();
    grow();
    if (!(await view.send(body))) {
      input.value = text;
      grow();
    }
    input.focus();
  }

  function stopQuoting() {
    quoted = null;
    quote.hidden = true;
  }

  async function sendFile(file, kind, more = {}) {
    if (file.size > MOST) return toast(view.frame(), t('too_large'));
    try {
      const kept = await api.upload(file);
      const body = { id: kept.id, ...(kind === 'document' ? { filename: file.name } : {}), ...more };
      await view.send({ type: kind, [kind]: body, ...context() });
      stopQuoting();
    } catch (error) {
      toast(view.frame(), error.message === 'offline' ? t('offline') : error.message);
    }
    return undefined;
  }

  function attachments() {
    const menu = h('div.menu', { role: 'menu', hidden: true });
    const close = () => {
      menu.hidden = true;
      button.setAttribute('aria-expanded', 'false');
    };
    const picker = (accept, label, choose) => {
      const field = h('input', { type: 'file', accept, hidden: true, 'aria-label': label });
      field.addEventListener('change', () => {
        const [file] = field.files;
        field.value = '';
        if (file) choose(file);
      });
      return field;
    };
    const visual = picker('image/jpeg,image/png,image/webp,video/mp4,video/3gpp', t('photo'), (file) => sendFile(file, file.type.startsWith('video/') ? 'video' : file.type === 'image/webp' ? 'sticker' : 'image'));
    const audio = picker('audio/*', t('audio'), (file) => sendFile(file, 'audio'));
    const document = picker('', t('document'), (file) => sendFile(file, 'document'));
    const item = (name, label, run) => h('button', { type: 'button', role: 'menuitem', onclick: () => { close(); run(); } }, icon(name, 18), label);
    menu.append(
      item('photo', t('photo'), () => visual.click()), item('audio', t('audio'), () => audio.click()), item('file', t('document'), () => document.click()),
      item('pin', t('location'), () => view.locationSheet()), item('person', t('contact'), contactSheet));
    const button = iconButton('plus', t('attach'), () => {
      menu.hidden = !menu.hidden;
      button.setAttribute('aria-expanded', String(!menu.hidden));
    }, { size: 22, 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
    const around = h('div.attach', {
      onkeydown: (event) => { if (event.key === 'Escape') { close(); button.focus(); } },
      onfocusout: (event) => { if (!around.contains(event.relatedTarget)) close(); },
    }, button, menu, visual, audio, document);
    return around;
  }

  function contactSheet() {
    openSheet(view.frame(), t('contact'), (close) => form(
      { name: { label: t('name') }, phone: { label: t('phone'), type: 'tel' } }, t('send'), async ({ name, phone }) => {
        const [first, ...rest] = name.split(' ');
        const contact = { name: { formatted_name: name, first_name: first, ...(rest.length > 0 ? { last_name: rest.join(' ') } : {}) }, phones: [{ phone, type: 'CELL', wa_id: phone.replace(/\D/g, '') }] };
        if (await view.send({ type: 'contacts', contacts: [contact] })) close();
      }));
  }

  async function startRecording() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      toast(view.frame(), t('no_mic'));
      return;
    }
    const recorder = new MediaRecorder(stream, { mimeType: mime });
    const parts = [];
    let wanted = false;
    const began = performance.now();
    const clock = h('span', { role: 'timer' });
    const tick = () => {
      const seconds = Math.floor((performance.now() - began) / 1000);
      clock.textContent = t('recording', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` });
    };
    tick();
    const timer = setInterval(tick, 500);
    const finish = (keep) => {
      wanted = keep;
      recorder.stop();
    };
    const row = h('div.bar.recording', {}, iconButton('close', t('discard'), () => finish(false)), clock, iconButton('send', t('stop_recording'), () => finish(true), { size: 22 }));
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = () => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
      row.replaceWith(bar);
      const type = mime.startsWith('audio/ogg') ? 'audio/ogg' : 'audio/mp4';
      if (wanted) void sendFile(new File(parts, 'voice', { type }), 'audio', { voice: true });
    };
    bar.replaceWith(row);
    recorder.start();
  }

  grow();
  return {
    element: box,
    quote: (message) => {
      quoted = message;
      quote.replaceChildren(h('div', {}, h('strong', {}, `${t('replying_to')} ${message.direction === 'in' ? view.companyName() : t('you')}`), h('span', {}, summary(message))), iconButton('close', t('cancel'), stopQuoting, { size: 16 }));
      quote.hidden = false;
      input.focus();
    },
  };
}

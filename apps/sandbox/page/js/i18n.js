/** Spanish and English. Spanish unless the browser, or the person, prefers English. */

const ES = {
  title: 'WhatsApp en tu escritorio', subtitle: 'Teléfonos de prueba: nada sale de esta máquina', language: 'English', theme: 'Cambiar entre claro y oscuro',
  desk: 'Escritorio de teléfonos', choose_phone: 'Teléfonos', add_phone: 'Añadir un teléfono', add: 'Añadir', number: 'Número con código de país', name: 'Nombre',
  no_phones: 'No hay ningún teléfono sobre el escritorio.', no_phones_hint: 'Toma uno de los sugeridos, o añade cualquier número: será el teléfono de un cliente.',
  suggested: 'Sugeridos', phone_of: 'Teléfono de {name}', put_away: 'Guardar este teléfono', phone_options: 'Opciones del teléfono',
  auto_read: 'Lee los mensajes al llegar', online: 'Encendido y con señal', on_whatsapp: 'Tiene WhatsApp', share_number: 'Muestra su número', marketing: 'Acepta publicidad',
  close_window: 'Cerrar la ventana de 24 horas', rename: 'Cambiar el nombre', save: 'Guardar', cancel: 'Cancelar', close: 'Cerrar',
  company: 'Empresa', chat_with: 'Conversación con {name}', typing: 'escribiendo…', business: 'Cuenta de empresa', off: 'Teléfono apagado: los mensajes esperan',
  window_open: 'La empresa puede escribir libremente hasta las {time}', window_closed: 'Ventana cerrada: la empresa solo puede enviar plantillas',
  empty_chat: 'Aún no hay mensajes. Escribe «hola» a {name}.', write_to: 'Escribe un mensaje', send: 'Enviar', attach: 'Adjuntar', earlier: 'Ver mensajes anteriores',
  photo: 'Foto o video', audio: 'Audio', document: 'Documento', location: 'Ubicación', contact: 'Contacto', record: 'Grabar una nota de voz', stop_recording: 'Enviar la nota de voz', recording: 'Grabando… {time}', discard: 'Descartar',
  reply: 'Responder', react: 'Reaccionar', react_with: 'Reaccionar con {emoji}', remove_reaction: 'Quitar la reacción', copy: 'Copiar', copied: 'Copiado', message_options: 'Opciones del mensaje', replying_to: 'Respondes a', revoke: 'Eliminar para todos', revoked: 'Eliminaste este mensaje', edited: 'editado',
  you: 'Tú', today: 'Hoy', yesterday: 'Ayer', options: 'Ver opciones', choose: 'Elige una opción', send_location: 'Enviar ubicación', latitude: 'Latitud', longitude: 'Longitud', place: 'Nombre del lugar', address: 'Dirección', my_position: 'Usar mi posición', phone: 'Teléfono',
  allow: 'Permitir', deny: 'No permitir', call_permission: 'La empresa pide permiso para llamarte', fill_form: 'Completar', flow_answer: 'Respuesta del formulario (JSON)', order: 'Pedir', quantity: 'Cantidad', catalog: 'Catálogo', product: 'Producto {id}', open_link: 'Abrir enlace', copy_code: 'Copiar código', call: 'Llamar', voice: 'Nota de voz', download: 'Descargar', sticker: 'Sticker', photo_alt: 'Foto', unsupported: 'Mensaje de tipo «{type}»', quote_gone: 'Mensaje no disponible',
  status_sent: 'Enviado; el sistema de la empresa aún no lo recibe', status_delivered: 'Recibido por el sistema de la empresa', status_read: 'Leído', failed_in: 'Un mensaje de la empresa no llegó', template: 'Plantilla',
  panel: 'Panel', faults: 'Fallas', deliveries: 'Webhooks', settings: 'Conexión', open_panel: 'Abrir el panel de {name}', fault_kind: 'Falla', provoke: 'Provocar', lift: 'Levantar', lift_all: 'Levantar todas', no_faults: 'No hay ninguna falla activa: todo funciona como en un buen día.', remaining: 'quedan {n}', until_lifted: 'hasta levantarla', hits: 'golpeó {n} veces', times: 'Veces', milliseconds: 'Milisegundos', code: 'Código de error', only_number: 'Solo el número', all_numbers: 'Todos los números', drop_them: 'Perder los mensajes en vez de guardarlos',
  f_latency: 'Respuestas lentas', f_error: 'Responder con un error', f_accept_then_drop: 'Aceptar y cortar', f_drop_before_accept: 'Cortar sin aceptar', f_timeout: 'Aceptar y no responder', f_refuse: 'Rechazar conexiones', f_duplicate: 'Webhook duplicado', f_reorder: 'Webhook desordenado', f_silence: 'Silencio',
  d_latency: 'Cada llamada a la API tarda más.', d_error: 'Las próximas llamadas reciben este código.', d_accept_then_drop: 'El mensaje sale, pero la empresa no se entera: resultado desconocido.', d_drop_before_accept: 'La conexión se corta y el mensaje no existe.', d_timeout: 'El mensaje sale y la respuesta no llega nunca.', d_refuse: 'La API no acepta conexiones.', d_duplicate: 'El mismo webhook llega dos veces.', d_reorder: 'Un mensaje posterior llega antes.', d_silence: 'No llega ningún webhook.',
  no_deliveries: 'Todavía no se ha enviado ningún webhook.', hook_ok: 'Tu servidor recibe los webhooks', hook_none: 'Nadie escucha: falta la dirección del webhook', hook_waiting: 'Webhooks en espera: {n}', hook_retry: 'Tu servidor no los recibió ({why}): nuevo intento en {s} s', retry_now: 'Reintentar ahora', attempts: '{n} intentos', attempt: '1 intento', state_pending: 'espera', state_delivered: 'entregado', state_gave_up: 'abandonado', state_dropped: 'perdido', about_message: 'mensaje', about_status: 'estado: {s}', s_sent: 'enviado', s_delivered: 'entregado', s_read: 'leído', s_played: 'escuchado', s_failed: 'fallido', next_in: 'nuevo intento en {s} s', active_faults: '{n} fallas activas', one_fault: '1 falla activa',
  new_group: 'Nuevo grupo', group_name: 'Nombre del grupo', group_members: 'Números con código de país, separados por comas', group_admin: 'administra', promote: 'Hacer admin', demote: 'Quitar admin', remove: 'Sacar', leave_group: 'Salir del grupo', manage_group: 'Grupo «{name}»',
  linked_devices: 'Dispositivos vinculados', no_devices: 'Ningún dispositivo vinculado. Donde se muestra un código QR de WhatsApp Web, este teléfono puede escanearlo.', device_here: 'conectado', device_away: 'visto por última vez: {time}', device_waiting: '{n} por recibir', unlink: 'Cerrar sesión', paste_qr: 'Texto del código QR', scan: 'Escanear', link: 'Vincular', shows_qr: '{name} muestra un código QR', wants_code: 'Un dispositivo pide su código:', link_code: 'Código de 8 caracteres', device_linked: 'Dispositivo vinculado',
  f_web_login: 'WhatsApp Web: rechazar el inicio', f_web_end: 'WhatsApp Web: cortar la sesión', f_web_freeze: 'WhatsApp Web: congelar', f_web_iq: 'WhatsApp Web: estropear una consulta', f_web_message: 'WhatsApp Web: estropear un mensaje', f_web_media: 'WhatsApp Web: fallar con un archivo',
  d_web_login: 'El próximo inicio de sesión se rechaza con este código.', d_web_end: 'La sesión conectada termina así; si no hay ninguna, la próxima.', d_web_freeze: 'La conexión sigue abierta y no dice nada.', d_web_iq: 'La próxima pregunta del dispositivo vinculado.', d_web_message: 'El próximo mensaje del dispositivo vinculado, o hacia él.', d_web_media: 'La próxima subida o descarga recibe este estado HTTP.',
  how: 'Cómo', how_restart: 'reiniciar (515)', how_replaced: 'otra sesión (440)', how_device_removed: 'desvincular (401)', how_unavailable: 'no disponible (503)', how_stream_end: 'fin (428)', how_reset: 'corte de red (428)', how_drop: 'perder', how_delay: 'demorar', how_duplicate: 'duplicar', how_error: 'error', how_in_nack: 'del dispositivo: rechazar', how_in_drop: 'del dispositivo: perder', how_in_delay: 'del dispositivo: demorar', how_out_drop: 'hacia él: perder', how_out_delay: 'hacia él: demorar', how_out_duplicate: 'hacia él: duplicar', how_out_corrupt: 'hacia él: dañar', how_upload: 'subida', how_download: 'descarga',
  callback: 'Dirección del webhook', verify: 'Comprobar y guardar', callback_saved: 'La dirección respondió bien a la verificación.', numbers: 'Números de la empresa', graph_url: 'Dirección de la API', tier: 'Nivel', secrets_hint: 'El token y los secretos se piden por HTTP: GET /sandbox/config', lost: 'Se perdió la conexión con el sandbox; reconectando…', offline: 'El sandbox no responde.', too_large: 'El archivo es demasiado grande.', no_mic: 'No hay permiso para usar el micrófono.',
};

const EN = {
  title: 'WhatsApp on your desk', subtitle: 'Phones to try with: nothing leaves this machine', language: 'Español', theme: 'Switch between light and dark',
  desk: 'Desk of phones', choose_phone: 'Phones', add_phone: 'Add a phone', add: 'Add', number: 'Number with country code', name: 'Name',
  no_phones: 'There is no phone on the desk.', no_phones_hint: 'Pick up a suggested one, or add any number: it becomes a customer’s phone.',
  suggested: 'Suggested', phone_of: 'Phone of {name}', put_away: 'Put this phone away', phone_options: 'Phone options',
  auto_read: 'Reads messages as they come', online: 'On and connected', on_whatsapp: 'Has WhatsApp', share_number: 'Shows its number', marketing: 'Accepts marketing',
  close_window: 'Close the 24-hour window', rename: 'Change the name', save: 'Save', cancel: 'Cancel', close: 'Close',
  company: 'Company', chat_with: 'Chat with {name}', typing: 'typing…', business: 'Business account', off: 'Phone is off: messages wait',
  window_open: 'The company may write freely until {time}', window_closed: 'Window closed: the company can only send templates',
  empty_chat: 'No messages yet. Say “hello” to {name}.', write_to: 'Write a message', send: 'Send', attach: 'Attach', earlier: 'Show earlier messages',
  photo: 'Photo or video', audio: 'Audio', document: 'Document', location: 'Location', contact: 'Contact', record: 'Record a voice note', stop_recording: 'Send the voice note', recording: 'Recording… {time}', discard: 'Discard',
  reply: 'Reply', react: 'React', react_with: 'React with {emoji}', remove_reaction: 'Remove the reaction', copy: 'Copy', copied: 'Copied', message_options: 'Message options', replying_to: 'Replying to', revoke: 'Delete for everyone', revoked: 'You deleted this message', edited: 'edited',
  you: 'You', today: 'Today', yesterday: 'Yesterday', options: 'See options', choose: 'Choose an option', send_location: 'Send location', latitude: 'Latitude', longitude: 'Longitude', place: 'Name of the place', address: 'Address', my_position: 'Use my position', phone: 'Phone',
  allow: 'Allow', deny: 'Don’t allow', call_permission: 'The company asks to be allowed to call you', fill_form: 'Fill in', flow_answer: 'Answer of the form (JSON)', order: 'Order', quantity: 'Quantity', catalog: 'Catalogue', product: 'Product {id}', open_link: 'Open link', copy_code: 'Copy code', call: 'Call', voice: 'Voice note', download: 'Download', sticker: 'Sticker', photo_alt: 'Photo', unsupported: 'Message of type “{type}”', quote_gone: 'Message not available',
  status_sent: 'Sent; the company’s system has not received it yet', status_delivered: 'Received by the company’s system', status_read: 'Read', failed_in: 'A message of the company did not arrive', template: 'Template',
  panel: 'Panel', faults: 'Faults', deliveries: 'Webhooks', settings: 'Connection', open_panel: 'Open the {name} panel', fault_kind: 'Fault', provoke: 'Provoke', lift: 'Lift', lift_all: 'Lift all', no_faults: 'No fault is active: all works as on a good day.', remaining: '{n} left', until_lifted: 'until lifted', hits: 'struck {n} times', times: 'Times', milliseconds: 'Milliseconds', code: 'Error code', only_number: 'Only the number', all_numbers: 'All numbers', drop_them: 'Lose the messages instead of keeping them',
  f_latency: 'Slow answers', f_error: 'Answer with an error', f_accept_then_drop: 'Accept and cut', f_drop_before_accept: 'Cut without accepting', f_timeout: 'Accept and never answer', f_refuse: 'Refuse connections', f_duplicate: 'Duplicate webhook', f_reorder: 'Reordered webhook', f_silence: 'Silence',
  d_latency: 'Every call of the API takes longer.', d_error: 'The next calls get this code.', d_accept_then_drop: 'The message goes, but the company is not told: unknown outcome.', d_drop_before_accept: 'The connection is cut and there is no message.', d_timeout: 'The message goes and the answer never comes.', d_refuse: 'The API takes no connections.', d_duplicate: 'The same webhook comes twice.', d_reorder: 'A later message comes first.', d_silence: 'No webhook comes at all.',
  no_deliveries: 'No webhook has been sent yet.', hook_ok: 'Your server receives the webhooks', hook_none: 'Nobody listens: the webhook address is missing', hook_waiting: 'Webhooks waiting: {n}', hook_retry: 'Your server did not take them ({why}): retry in {s} s', retry_now: 'Retry now', attempts: '{n} attempts', attempt: '1 attempt', state_pending: 'waits', state_delivered: 'delivered', state_gave_up: 'given up', state_dropped: 'lost', about_message: 'message', about_status: 'status: {s}', s_sent: 'sent', s_delivered: 'delivered', s_read: 'read', s_played: 'played', s_failed: 'failed', next_in: 'retry in {s} s', active_faults: '{n} active faults', one_fault: '1 active fault',
  new_group: 'New group', group_name: 'Name of the group', group_members: 'Numbers with country code, separated by commas', group_admin: 'admin', promote: 'Make admin', demote: 'No admin', remove: 'Remove', leave_group: 'Leave the group', manage_group: 'Group “{name}”',
  linked_devices: 'Linked devices', no_devices: 'No device is linked. Wherever a QR code of WhatsApp Web is shown, this phone can scan it.', device_here: 'connected', device_away: 'last seen: {time}', device_waiting: '{n} to receive', unlink: 'Log out', paste_qr: 'Text of the QR code', scan: 'Scan', link: 'Link', shows_qr: '{name} shows a QR code', wants_code: 'A device asks for its code:', link_code: 'Code of 8 characters', device_linked: 'Device linked',
  f_web_login: 'WhatsApp Web: refuse the login', f_web_end: 'WhatsApp Web: end the session', f_web_freeze: 'WhatsApp Web: freeze', f_web_iq: 'WhatsApp Web: harm a question', f_web_message: 'WhatsApp Web: harm a message', f_web_media: 'WhatsApp Web: fail at a file',
  d_web_login: 'The next login is refused with this code.', d_web_end: 'The connected session ends like this; without any, the next one.', d_web_freeze: 'The connection stays open and says nothing.', d_web_iq: 'The next question of the linked device.', d_web_message: 'The next message of the linked device, or to it.', d_web_media: 'The next upload or download gets this HTTP status.',
  how: 'How', how_restart: 'restart (515)', how_replaced: 'another session (440)', how_device_removed: 'unlink (401)', how_unavailable: 'unavailable (503)', how_stream_end: 'end (428)', how_reset: 'network cut (428)', how_drop: 'lose', how_delay: 'delay', how_duplicate: 'double', how_error: 'error', how_in_nack: 'from the device: refuse', how_in_drop: 'from the device: lose', how_in_delay: 'from the device: delay', how_out_drop: 'to it: lose', how_out_delay: 'to it: delay', how_out_duplicate: 'to it: double', how_out_corrupt: 'to it: spoil', how_upload: 'upload', how_download: 'download',
  callback: 'Webhook address', verify: 'Verify and save', callback_saved: 'The address passed the verification.', numbers: 'Numbers of the company', graph_url: 'Address of the API', tier: 'Tier', secrets_hint: 'Token and secrets are had by HTTP: GET /sandbox/config', lost: 'The connection to the sandbox was lost; reconnecting…', offline: 'The sandbox does not answer.', too_large: 'The file is too large.', no_mic: 'There is no permission to use the microphone.',
};

function initial() {
  const kept = localStorage.getItem('language');
  if (kept === 'es' || kept === 'en') return kept;
  return navigator.language.startsWith('en') ? 'en' : 'es';
}

let language = initial();

export const locale = () => (language === 'es' ? 'es' : 'en');

export function switchLanguage() {
  language = language === 'es' ? 'en' : 'es';
  localStorage.setItem('language', language);
}

/** The text of a key with its {places} filled. */
export function t(key, places = {}) {
  const text = (language === 'es' ? ES : EN)[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? String(places[name]) : whole));
}

export const time = (seconds) => new Date(seconds * 1000).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' });

export function day(seconds) {
  const date = new Date(seconds * 1000);
  const start = new Date();
  start.setHours(0, 0, 0, 0);
  if (date >= start) return t('today');
  if (date.getTime() >= start.getTime() - 86_400_000) return t('yesterday');
  return date.toLocaleDateString(locale(), { day: 'numeric', month: 'long', year: 'numeric' });
}

/** The sandbox's own HTTP, as docs/sandbox.md describes it. */

export class ApiError extends Error {}

async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(`/sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      headers: body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' },
    });
  } catch {
    throw new ApiError('offline');
  }
  const result = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiError([result.detail, result.what_to_do].filter(Boolean).join(' ') || `HTTP ${answer.status}`);
  return result;
}

const phone = (number) => `/phones/${encodeURIComponent(number)}`;

export const api = {
  desk: () => call('GET', '/desk'),
  phones: () => call('GET', '/phones?limit=30'),
  phone: (number) => call('GET', phone(number)),
  addPhone: (number, name) => call('POST', '/phones', name ? { number, name } : { number }),
  changePhone: (number, patch) => call('PATCH', phone(number), patch),
  messages: (number, before) => call('GET', `${phone(number)}/messages?limit=60&before=${before ?? Number.MAX_SAFE_INTEGER}`),
  send: (number, message) => call('POST', `${phone(number)}/messages`, message),
  read: (number, company) => call('POST', `${phone(number)}/read`, { with: company }),
  played: (number, id) => call('POST', `${phone(number)}/messages/${encodeURIComponent(id)}/played`),
  linked: (number) => call('GET', `${phone(number)}/linked-devices`),
  link: (number, body) => call('POST', `${phone(number)}/linked-devices`, body),
  unlink: (number, device) => call('DELETE', `${phone(number)}/linked-devices/${device}`),
  newGroup: (group) => call('POST', '/groups', group),
  changeGroup: (id, change) => call('PATCH', `/groups/${encodeURIComponent(id)}`, change),
  codes: () => call('GET', '/whatsapp-web/codes'),
  window: (number, open, company) => call('POST', `${phone(number)}/window`, { open, with: company }),
  upload: (file) => {
    const form = new FormData();
    form.set('file', file, file.name || 'file');
    return call('POST', '/media', form);
  },
  faults: () => call('GET', '/faults'),
  addFault: (fault) => call('POST', '/faults', fault),
  liftFault: (id) => call('DELETE', id === undefined ? '/faults' : `/faults/${id}`),
  deliveries: (query = '') => call('GET', `/deliveries?limit=40${query}`),
  retryNow: () => call('POST', '/deliveries/retry'),
  setWebhook: (body) => call('POST', '/webhook', body),
  changeSettings: (patch) => call('PATCH', '/settings', patch),
};

/** Live events; `onOpen` runs at every (re)connection: ask again for what may have been missed. */
export function listen({ onEvent, onOpen, onLost }) {
  const source = new EventSource('/sandbox/events');
  source.onopen = onOpen;
  source.onerror = onLost;
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
}

import { callApi, isError } from '../carrier-api.ts';
import type { TemplateCarrier } from '../contract.ts';
import type { CarrierTemplate } from '../templates.ts';
import { queryGraph } from '../whatsapp/graph-calls.ts';
import { fillTemplate, readTemplate, statusOf, toldOfTemplate, wireOfNew } from '../whatsapp/template-shape.ts';
import { idText, numeric } from '../whatsapp/wire.ts';
import { apiOf, FIELDS } from './api.ts';

const PATH = '/v1/configs/templates';
const PAGE = 500;
const MOST = 6_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** Templates of the number's account, paged by offset (providers.md §2). */
export const templates: TemplateCarrier = {
  async list(context) {
    const api = apiOf(context.credentials);
    if (isError(api)) return api;
    const found: CarrierTemplate[] = [];
    for (let offset = 0; offset < MOST;) {
      const page = await queryGraph(context, FIELDS, () => callApi(context, api, { method: 'GET', path: `${PATH}?limit=${PAGE}&offset=${offset}`, maxBytes: MAX_BYTES }));
      if ('error' in page) return page.error;
      const all = Array.isArray(page.json['waba_templates']) ? page.json['waba_templates'] : [];
      found.push(...all.map(readTemplate).filter((one) => one !== undefined));
      offset += all.length;
      if (all.length === 0 || offset >= (numeric(page.json['total']) ?? 0)) break;
    }
    return found;
  },

  async create(context, template) {
    const api = apiOf(context.credentials);
    if (isError(api)) return api;
    const made = await queryGraph(context, FIELDS, () => callApi(context, api, { method: 'POST', path: PATH, json: wireOfNew(template) }));
    if ('error' in made) return made.error;
    const [remote_id, status] = [idText(made.json['external_id']) ?? idText(made.json['id']), statusOf(made.json['status'])];
    if (remote_id === undefined || status === 'gone') return { class: 'retry', code: 'answer', title: '360dialog took the template but named no id.' };
    return { remote_id, status };
  },

  /** By name alone: 360dialog removes all its languages. */
  async remove(context, { name }) {
    const api = apiOf(context.credentials);
    if (isError(api)) return api;
    const done = await queryGraph(context, FIELDS, () => callApi(context, api, { method: 'DELETE', path: `${PATH}/${encodeURIComponent(name)}` }));
    return 'error' in done ? done.error : undefined;
  },

  told: toldOfTemplate,
  fill: fillTemplate,
};

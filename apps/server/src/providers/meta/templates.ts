import { callApi, isError, misconfigured, segment, type Api, type Call } from '../carrier-api.ts';
import type { CarrierError } from '../../messaging/index.ts';
import type { CarrierContext, TemplateCarrier } from '../contract.ts';
import type { CarrierTemplate } from '../templates.ts';
import { queryGraph } from '../whatsapp/graph-calls.ts';
import { fillTemplate, readTemplate, statusOf, toldOfTemplate, wireOfNew } from '../whatsapp/template-shape.ts';
import { idText, isWire, text } from '../whatsapp/wire.ts';
import { FIELDS, graphOf } from './graph.ts';

const LIST_FIELDS = 'id,name,status,category,language,components,quality_score,rejected_reason,parameter_format';
/** Of one page; 6000 templates are the most a business has (providers.md §1.5). */
const PAGE = 100;
const PAGES = 60;
/** 100 templates with all that can be in them. */
const MAX_BYTES = 8 * 1024 * 1024;

type Place = { readonly api: Api; readonly path: string };
function placeOf({ credentials }: CarrierContext): Place | CarrierError {
  const api = graphOf(credentials);
  if (isError(api)) return api;
  const waba = segment(credentials['waba_id']);
  return waba === undefined ? misconfigured('waba_id', 'waba_id is empty or no id') : { api, path: `/${waba}/message_templates` };
}
const ask = (context: CarrierContext, { api }: Place, call: Call): ReturnType<typeof queryGraph> => queryGraph(context, FIELDS, () => callApi(context, api, call));

/** Templates of a WhatsApp Business Account. */
export const templates: TemplateCarrier = {
  async list(context) {
    const place = placeOf(context);
    if (isError(place)) return place;
    const found: CarrierTemplate[] = [];
    let after: string | undefined;
    for (let n = 0; n < PAGES; n++) {
      const query = new URLSearchParams({ fields: LIST_FIELDS, limit: String(PAGE), ...(after === undefined ? {} : { after }) });
      const page = await ask(context, place, { method: 'GET', path: `${place.path}?${query}`, maxBytes: MAX_BYTES });
      if ('error' in page) return page.error;
      const data = Array.isArray(page.json['data']) ? page.json['data'] : [];
      found.push(...data.map(readTemplate).filter((one) => one !== undefined));
      const paging = isWire(page.json['paging']) ? page.json['paging'] : {};
      after = text(paging['next']) !== undefined && isWire(paging['cursors']) ? text(paging['cursors']['after']) : undefined;
      if (after === undefined) break;
    }
    return found;
  },

  async create(context, template) {
    const place = placeOf(context);
    if (isError(place)) return place;
    const made = await ask(context, place, { method: 'POST', path: place.path, json: wireOfNew(template) });
    if ('error' in made) return made.error;
    const [remote_id, status] = [idText(made.json['id']), statusOf(made.json['status'])];
    if (remote_id === undefined || status === 'gone') return { class: 'retry', code: 'answer', title: 'Meta took the template but named no id.' };
    return { remote_id, status };
  },

  async remove(context, { remote_id, name }) {
    const place = placeOf(context);
    if (isError(place)) return place;
    const done = await ask(context, place, { method: 'DELETE', path: `${place.path}?${new URLSearchParams({ hsm_id: remote_id, name })}` });
    return 'error' in done ? done.error : undefined;
  },

  told: toldOfTemplate,
  fill: fillTemplate,
};

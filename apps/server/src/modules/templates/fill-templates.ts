import { decodeId, isAppError, type AppError } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { TemplateContent } from '../../messaging/index.ts';
import { misfit } from '../../providers/templates.ts';
import type { Runtime } from '../../runtime.ts';
import { routesOfAccount, type Route } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { errors } from './errors.ts';
import { syncRows, templatesByIds, templatesNamed, type TemplateRow } from './store.ts';
import { syncTemplates } from './sync-templates.ts';

/** A template somebody wants to send. */
export interface TemplateWish {
  /** Its name, or our id of one (`tpl_…`). */
  readonly template: string;
  /** Undefined: that of the company, or the only one there is. */
  readonly language?: string | undefined;
  /** The company's, such as `es-CL`. */
  readonly locale: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A template that is not known is asked for at the carrier, but not more often than this. */
const ASK_AGAIN_MS = 2_000;

/**
 * Makes sure that what the carriers of an account have of a template is known here, as far as they can be asked. Not inside a
 * transaction. Throws `templates.not_synced` when nothing was ever read.
 */
export async function lookUpTemplate(rt: Runtime, accountId: string, wish: Pick<TemplateWish, 'template'>): Promise<void> {
  const routes = (await routesOfAccount(rt, accountId)).filter((r) => rt.providers[r.provider]?.templates !== undefined);
  if (routes.length === 0) return;
  const known = await rt.db.withCompany(await company(rt, routes[0]!.company_id), (tx) => namesOf(tx, routes, [wish.template]));
  const missing = routes.filter((r) => !known.some((t) => t.route_id === r.id));
  if (missing.length === 0) return;
  const states = new Map((await syncRows(rt.db, routes.map((r) => r.id))).map((s) => [s.route_id, s]));
  const now = rt.clock.now();
  const asked = missing.filter((r) => r.status === 'active' && now - (states.get(r.id)?.tried_at?.getTime() ?? -Infinity) > ASK_AGAIN_MS);
  const failures = (await Promise.all(asked.map((r) => syncTemplates(rt, r)))).filter((e) => e !== null);
  const ever = routes.some((r) => states.get(r.id)?.synced_at) || asked.length > failures.length;
  if (ever) return;
  const reason = failures[0] ?? [...states.values()].find((s) => s.error)?.error;
  throw errors.not_synced(reason ? reason.title : undefined);
}

/** Rows of templates called so on these routes; an id of ours stands for the name of its template. */
async function namesOf(tx: Tx, routes: readonly Pick<Route, 'id'>[], given: readonly string[]): Promise<(TemplateRow & { asked: string })[]> {
  const byId = new Map(given.flatMap((g) => {
    const id = g.startsWith('tpl_') ? decodeId('tpl', g) : undefined;
    return id === undefined ? [] : [[id, g] as const];
  }));
  const named = byId.size === 0 ? [] : await templatesByIds(tx, [...byId.keys()]);
  const asked = new Map<string, Set<string>>();
  const note = (name: string, as: string): void => void asked.set(name, (asked.get(name) ?? new Set()).add(as));
  for (const g of given) note(g, g);
  for (const t of named) note(t.name, byId.get(t.id)!);
  const rows = await templatesNamed(tx, [...new Set(routes.map((r) => r.id))], [...asked.keys()]);
  // An id also means a language.
  const language = new Map(named.map((t) => [byId.get(t.id)!, t.language]));
  return rows.flatMap((row) => [...asked.get(row.name)!].filter((as) => (language.get(as) ?? row.language) === row.language).map((as) => ({ ...row, asked: as })));
}

/** Fills templates in for the routes they shall leave by, each or its error: `templates.not_found`, `language`, `not_approved`, `variables`, `no_templates`. */
export async function fillTemplates(rt: Runtime, tx: Tx, items: readonly { readonly route: Route; readonly wish: TemplateWish }[]): Promise<(TemplateContent | AppError)[]> {
  if (items.length === 0) return [];
  const rows = await namesOf(tx, items.map((i) => i.route), [...new Set(items.map((i) => i.wish.template))]);
  return items.map(({ route, wish }) => {
    try {
      return filled(rt, { route, wish, rows: rows.filter((r) => r.route_id === route.id && r.asked === wish.template) });
    } catch (error) {
      if (isAppError(error)) return error;
      throw error;
    }
  });
}

function filled(rt: Runtime, { route, wish, rows }: { route: Route; wish: TemplateWish; rows: readonly TemplateRow[] }): TemplateContent {
  const carrier = rt.providers[route.provider]?.templates;
  if (!carrier) throw errors.no_templates();
  if (rows.length === 0) throw errors.not_found(`“${wish.template}”`);
  const template = inLanguage(rows, wish);
  if (!template) throw errors.language(`It is there in ${[...new Set(rows.map((r) => r.language))].join(', ')}.`);
  if (template.status !== 'approved') throw errors.not_approved(`“${template.name}” (${template.language}) is ${template.status}${template.reason ? `: ${template.reason}` : ''}.`);
  const problem = misfit(template, wish.values);
  if (problem !== undefined) throw errors.variables(problem, { variables: template.variables.map((v) => v.name) });
  return carrier.fill(template, wish.values);
}

const plain = (language: string): string => language.replace('-', '_').toLowerCase();

function inLanguage(rows: readonly TemplateRow[], { language, locale }: TemplateWish): TemplateRow | undefined {
  if (language !== undefined) return rows.find((r) => plain(r.language) === plain(language));
  const [base] = plain(locale).split('_');
  return rows.find((r) => plain(r.language) === plain(locale)) ?? rows.find((r) => plain(r.language) === base) ?? rows.find((r) => plain(r.language).split('_')[0] === base)
    ?? (new Set(rows.map((r) => r.language)).size === 1 ? rows[0] : undefined);
}

/**
 * What waits for one route, for another: its own template of the same name and language, filled in with the same values; undefined
 * where it has none that says the same. What was put together by the caller (no `variables`) fits only the same kind of carrier.
 */
export async function refitTemplates(rt: Runtime, tx: Tx, { route, from, contents }: { readonly route: Route; readonly from: Route; readonly contents: readonly TemplateContent[] }): Promise<(TemplateContent | undefined)[]> {
  const carrier = rt.providers[route.provider]?.templates;
  if (!carrier || contents.length === 0) return contents.map(() => undefined);
  const rows = await templatesNamed(tx, [route.id], [...new Set(contents.map((c) => c.name))]);
  return contents.map((content) => {
    const template = rows.find((r) => r.name === content.name && r.language === content.language && r.status === 'approved');
    if (!template) return undefined;
    if (content.variables === undefined) return route.provider === from.provider ? content : undefined;
    return misfit(template, content.variables) === undefined ? carrier.fill(template, content.variables) : undefined;
  });
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SyncTemplates, TemplateSearch, type Template, type TemplatePage, type TemplatesSynced } from '@centralita/contracts/api';
import { decodeId, encodeId } from '@centralita/kernel';
import { previewOf } from '../../providers/templates.ts';
import type { Runtime } from '../../runtime.ts';
import { accountErrors, accountsWithin, routesOfAccount, type ChainRoute } from '../accounts/index.ts';
import { callerOf, type Caller } from '../companies/index.ts';
import { errors } from './errors.ts';
import { listTemplates, syncRows, templatesByIds, type TemplateRow } from './store.ts';
import { syncTemplates } from './sync-templates.ts';

export function templateRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/templates', async (request): Promise<TemplatePage> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const query = TemplateSearch.parse(request.query);
    const after = query.cursor === undefined ? undefined : decodeId('tpl', query.cursor);
    if (query.cursor !== undefined && after === undefined) throw errors.bad_cursor();
    const routes = await routesOf(rt, caller, query.account_id);
    const byId = new Map(routes.map((r) => [r.id, r]));
    const found = await rt.db.withCompany(caller.company, (tx) => listTemplates(tx, { ...query, routes: [...byId.keys()], after, limit: query.limit + 1 }));
    const page = found.slice(0, query.limit);
    return {
      templates: page.map((row) => shown(row, byId.get(row.route_id)!)), next_cursor: found.length > page.length ? encodeId('tpl', page.at(-1)!.id) : null,
      routes: await syncedOf(rt, routes),
    };
  });

  app.get('/api/templates/:id', async (request: FastifyRequest<{ Params: { id: string } }>): Promise<Template> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const id = decodeId('tpl', request.params.id);
    const [row] = id === undefined ? [] : await rt.db.withCompany(caller.company, (tx) => templatesByIds(tx, [id]));
    const route = row && (await routesOf(rt, caller)).find((r) => r.id === row.route_id);
    if (!route) throw errors.not_found();
    return shown(row, route);
  });

  app.post('/api/templates/sync', async (request): Promise<TemplatesSynced> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const routes = await routesOf(rt, caller, SyncTemplates.parse(request.body ?? {}).account_id);
    await Promise.all(routes.map((route) => syncTemplates(rt, route)));
    return { routes: await syncedOf(rt, routes) };
  });
}

/** Routes with templates that the caller reaches. Throws `accounts.not_found`. */
async function routesOf(rt: Runtime, caller: Caller, account?: string): Promise<ChainRoute[]> {
  const own = await accountsWithin(rt, caller);
  const wanted = account === undefined ? undefined : decodeId('acc', account);
  if (account !== undefined && !own.some((a) => a.id === wanted)) throw accountErrors.not_found();
  const chains = await Promise.all(own.filter((a) => wanted === undefined || a.id === wanted).map((a) => routesOfAccount(rt, a.id)));
  return chains.flat().filter((r) => rt.providers[r.provider]?.templates !== undefined);
}

async function syncedOf(rt: Runtime, routes: readonly ChainRoute[]): Promise<TemplatesSynced['routes']> {
  const rows = new Map((await syncRows(rt.db, routes.map((r) => r.id))).map((r) => [r.route_id, r]));
  return routes.map((route) => {
    const row = rows.get(route.id);
    return {
      ...lineOf(route), synced_at: row?.synced_at?.toISOString() ?? null,
      error: row?.error ? [row.error.title, row.error.detail].filter(Boolean).join(' ') : null,
    };
  });
}

const lineOf = (route: ChainRoute): Pick<Template, 'account_id' | 'route_id' | 'account_type' | 'phone_number'> => ({
  account_id: encodeId('acc', route.account_id), route_id: encodeId('rt', route.id), account_type: route.provider as Template['account_type'], phone_number: route.phone === null ? null : `+${route.phone}`,
});

function shown(row: TemplateRow, route: ChainRoute): Template {
  const { name, language, category, status, reason, quality, components, variables } = row;
  return {
    id: encodeId('tpl', row.id), ...lineOf(route), name, language, category, status, reason, quality, whatsapp_template_id: row.remote_id,
    text: previewOf(row, {}), variables: variables.map((v) => ({ ...v, example: v.example ?? null })), components: components.map((c) => ({ ...c })), changed_at: row.changed_at.toISOString(),
  };
}

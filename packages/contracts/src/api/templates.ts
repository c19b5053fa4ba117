import { z } from 'zod';
import { ACCOUNT_TYPES } from './accounts.ts';
import type { Endpoint } from './endpoint.ts';

export const TemplateStatus = z.enum(['approved', 'pending', 'rejected', 'paused', 'disabled', 'draft', 'unknown']);
const line = { account_id: z.string(), route_id: z.string(), account_type: z.enum(ACCOUNT_TYPES), phone_number: z.string().nullable() };

export const Template = z.object({
  id: z.string(), ...line,
  name: z.string(), language: z.string().describe('As the carrier writes it: `es`, `es_AR`, `pt_BR`.'), category: z.enum(['utility', 'marketing', 'authentication']).nullable(),
  status: TemplateStatus.describe('Only `approved` ones can be sent. `draft`: never handed in to WhatsApp.'),
  reason: z.string().nullable().describe('Why it was rejected or paused, in the carrier’s words.'), quality: z.string().nullable(),
  text: z.string().describe('The body with its placeholders.'),
  variables: z.array(z.object({
    name: z.string().describe('As `variables` of a message names it: `1`, `2`, … or its own name in the body, `header`, `button_1` (the first button).'),
    where: z.enum(['header', 'body', 'button']), kind: z.enum(['text', 'image', 'video', 'document', 'location']).describe('Files are given by their https address; a location as `latitude, longitude, name, address`.'),
    example: z.string().nullable(),
  })),
  components: z.array(z.record(z.string(), z.unknown())).describe('Header, body, footer and buttons in Meta’s form, whoever the carrier is.'),
  whatsapp_template_id: z.string().describe('The carrier’s id.'), changed_at: z.string(),
}).meta({ id: 'Template' });
export type Template = z.infer<typeof Template>;

const routes = z.array(z.object({ ...line, synced_at: z.string().nullable().describe('When the carrier was last asked; null: never yet.'), error: z.string().nullable() }));
export const TemplateSearch = z.object({
  account_id: z.string().optional(), name: z.string().max(512).optional().describe('A part of the name.'), status: TemplateStatus.optional(), language: z.string().max(20).optional(),
  cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const TemplatePage = z.object({ templates: z.array(Template), next_cursor: z.string().nullable(), routes: routes.describe('The numbers that have templates, and when theirs were read.') }).meta({ id: 'TemplatePage' });
export type TemplatePage = z.infer<typeof TemplatePage>;
export const SyncTemplates = z.object({ account_id: z.string().optional().describe('Default: every line.') }).meta({ id: 'SyncTemplates' });
export const TemplatesSynced = z.object({ routes }).meta({ id: 'TemplatesSynced' });
export type TemplatesSynced = z.infer<typeof TemplatesSynced>;

export const templateEndpoints: readonly Endpoint[] = [
  {
    id: 'listTemplates', method: 'get', path: '/api/templates', tag: 'templates', permission: 'whatsapp:read', summary: 'Templates of your lines',
    description: 'As each number’s carrier has them, by name and language: read from it every hour, after its webhooks, and with `POST /api/templates/sync`.',
    query: TemplateSearch, answers: { 200: { description: 'By name.', schema: TemplatePage } }, problems: ['accounts.not_found', 'templates.bad_cursor'],
  },
  {
    id: 'getTemplate', method: 'get', path: '/api/templates/{id}', tag: 'templates', permission: 'whatsapp:read', summary: 'A template',
    answers: { 200: { description: 'With its variables and components.', schema: Template } }, problems: ['templates.not_found'],
  },
  {
    id: 'syncTemplates', method: 'post', path: '/api/templates/sync', tag: 'templates', permission: 'whatsapp:admin', summary: 'Read templates from the carriers now',
    body: { schema: SyncTemplates, example: {}, required: false }, answers: { 200: { description: 'When each number was read, and what went wrong.', schema: TemplatesSynced } }, problems: ['accounts.not_found'],
  },
];

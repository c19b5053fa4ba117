import type { ErrorSpec } from '@centralita/kernel';
import { accountErrors } from '../modules/accounts/index.ts';
import { apiErrors } from '../modules/api/index.ts';
import { botErrors } from '../modules/bots/index.ts';
import { companyErrors } from '../modules/companies/index.ts';
import { contactErrors } from '../modules/contacts/index.ts';
import { conversationErrors } from '../modules/conversations/index.ts';
import { deliveryErrors } from '../modules/delivery/index.ts';
import { inboxErrors } from '../modules/inbox/index.ts';
import { intakeErrors } from '../modules/intake/index.ts';
import { mediaErrors } from '../modules/media/index.ts';
import { operationErrors } from '../modules/operations/index.ts';
import { subscriptionErrors } from '../modules/subscriptions/index.ts';
import { templateErrors } from '../modules/templates/index.ts';
import { sessionErrors } from '../modules/web-sessions/index.ts';
import { errors as requestErrors } from './problems.ts';

/** Every problem that the API can answer with, by its code, room by room. A test looks that no room is missing. */
export const problemCatalogue: Readonly<Record<string, ErrorSpec>> = Object.assign({}, ...[
  requestErrors, companyErrors, apiErrors, contactErrors, conversationErrors, inboxErrors, accountErrors, botErrors, mediaErrors, templateErrors, sessionErrors, deliveryErrors, operationErrors, subscriptionErrors, intakeErrors,
].map((errors) => errors.catalogue)) as Record<string, ErrorSpec>;

/** `docs/problems.md`. */
export function problemsPage(): string {
  const rooms = Map.groupBy(Object.entries(problemCatalogue), ([code]) => code.split('.')[0]!);
  const tables = [...rooms].map(([room, entries]) => [
    `## ${room}`, '| code | status | text |', '|---|---|---|', ...entries.map(([code, { status, text }]) => `| \`${code}\` | ${status} | ${text.replaceAll('|', '\\|')} |`), '',
  ].join('\n'));
  return `${INTRODUCTION}\n${tables.join('\n')}`;
}

const INTRODUCTION = `# Problems
Every error answer of the API is a JSON object of type \`application/problem+json\` (RFC 9457). Go by \`code\`, which never changes, not by the words. \`detail\` says
more about this one occurrence, \`errors\` which members of the request are wrong, and \`request_id\` finds it in the server's log. Answers that say \`retry-after\` may be tried again after so many seconds.

\`\`\`json
{"type":"urn:centralita:problem:api.phone_number","title":"This is not a phone number. …","status":422,"code":"api.phone_number","detail":"“12-34”","request_id":"req_01kah0s0xbe7rtq1rq7mpv0a6e"}
\`\`\`

This page is made by \`npm run api\` from the rooms' catalogues.
`;

import { accountEndpoints } from './accounts.ts';
import { administrationEndpoints, sessionEndpoints } from './administration.ts';
import { botEndpoints } from './bots.ts';
import { contactEndpoints, labelEndpoints, noteEndpoints } from './contacts.ts';
import { conversationEndpoints } from './conversations.ts';
import type { Endpoint } from './endpoint.ts';
import { mediaEndpoints } from './media.ts';
import { messageEndpoints } from './messages.ts';
import { operationEndpoints } from './operations.ts';
import { queueEndpoints } from './queue.ts';
import { routeEndpoints } from './routes.ts';
import { subscriptionEndpoints } from './subscriptions.ts';
import { templateEndpoints } from './templates.ts';
import { webSessionEndpoints } from './web-sessions.ts';
import { webhookEndpoints } from './webhooks.ts';

/** Every public operation, chapter by chapter: the document, the SDK and the tests are made from this list. */
export const endpoints: readonly Endpoint[] = [
  ...messageEndpoints,
  ...conversationEndpoints,
  ...noteEndpoints,
  ...labelEndpoints,
  ...contactEndpoints,
  ...accountEndpoints,
  ...routeEndpoints,
  ...webSessionEndpoints,
  ...templateEndpoints,
  ...botEndpoints,
  ...mediaEndpoints,
  ...queueEndpoints,
  ...operationEndpoints,
  ...sessionEndpoints,
  ...administrationEndpoints,
  ...subscriptionEndpoints,
  ...webhookEndpoints,
];

import { accountsModule } from '../modules/accounts/module.ts';
import { apiModule } from '../modules/api/module.ts';
import { botsModule } from '../modules/bots/module.ts';
import { companiesModule } from '../modules/companies/module.ts';
import { contactsModule } from '../modules/contacts/module.ts';
import { conversationsModule } from '../modules/conversations/module.ts';
import { deliveryModule } from '../modules/delivery/module.ts';
import { inboxModule } from '../modules/inbox/module.ts';
import { intakeModule } from '../modules/intake/module.ts';
import { mediaModule } from '../modules/media/module.ts';
import { operationsModule } from '../modules/operations/module.ts';
import { subscriptionsModule } from '../modules/subscriptions/module.ts';
import { templatesModule } from '../modules/templates/module.ts';
import { webSessionsModule } from '../modules/web-sessions/module.ts';
import type { Module } from '../runtime.ts';

/** Every room that offers something to main, lowest floor first: subscriptions run and routes are made in this order. */
export const modules: readonly Module[] = [
  companiesModule,
  accountsModule,
  contactsModule,
  mediaModule,
  webSessionsModule,
  templatesModule,
  deliveryModule,
  conversationsModule,
  botsModule,
  intakeModule,
  inboxModule,
  apiModule,
  operationsModule,
  subscriptionsModule,
];

import { z } from 'zod';

/**
 * What a caller may do. `whatsapp:send_message` and `whatsapp:read` are names of the source document (4.2); `admin` and `verify` are
 * its other two columns (3.1). The rest is named in the same way.
 */
export const Permission = z.enum([
  /** See accounts, conversations, messages, contacts, templates, files and figures. */
  'whatsapp:read',
  /** Send to one person: a reply, a template, a file. */
  'whatsapp:send_message',
  /** Send to many at once: bulk, campaigns. */
  'whatsapp:send_bulk',
  /** Verify one-time codes. */
  'whatsapp:verify',
  /** Take, release and close conversations; labels and notes. */
  'whatsapp:handle_conversations',
  /** Take a conversation from somebody else, or give it to them; define labels. */
  'whatsapp:assign_conversations',
  /** Change, merge, import and export contacts. */
  'whatsapp:manage_contacts',
  /** Erase what is known about a person; it cannot be undone. */
  'whatsapp:erase_contacts',
  /** Bots, flows, knowledge and quick replies. */
  'whatsapp:manage_bots',
  /** Where events are sent. */
  'whatsapp:manage_subscriptions',
  /** Tell the company's other systems of events of its own. */
  'whatsapp:publish_events',
  /** Queues, failed webhooks, dead letters: look, replay, pause, clear. */
  'whatsapp:operate',
  /** Accounts with their credentials, WhatsApp Web sessions, templates. */
  'whatsapp:admin',
  /** The company's settings and businesses. */
  'company:manage',
  'company:manage_users',
  'company:manage_api_keys',
  'company:read_audit',
  /** Every company of the installation. */
  'platform:admin',
]);
export type Permission = z.infer<typeof Permission>;

export const Role = z.enum(['administrator', 'supervisor', 'agent', 'developer', 'read_only']);
export type Role = z.infer<typeof Role>;

const agent: readonly Permission[] = ['whatsapp:read', 'whatsapp:send_message', 'whatsapp:verify', 'whatsapp:handle_conversations', 'whatsapp:manage_contacts'];

/** What each role may. `platform:admin` belongs to no role: it is given to a person or a key. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: Permission.options.filter((permission) => permission !== 'platform:admin'),
  supervisor: [...agent, 'whatsapp:send_bulk', 'whatsapp:assign_conversations'],
  agent,
  developer: [
    'whatsapp:read', 'whatsapp:send_message', 'whatsapp:verify', 'whatsapp:manage_bots', 'whatsapp:manage_subscriptions', 'whatsapp:publish_events', 'whatsapp:operate', 'whatsapp:admin', 'company:manage_api_keys',
  ],
  read_only: ['whatsapp:read'],
};

/** What concerns the whole company: nobody who is held to some of its businesses may do it, whatever their role. */
export const WHOLE_COMPANY: ReadonlySet<Permission> = new Set<Permission>(['whatsapp:erase_contacts', 'whatsapp:operate', 'company:manage', 'company:manage_users', 'company:manage_api_keys', 'company:read_audit']);

import type { Permission, Role } from '../../api/types.ts';

export const ROLES = ['administrator', 'supervisor', 'agent', 'developer', 'read_only'] as const satisfies readonly Role[];

/** Where a permission's words are. */
export const PERMISSION_NAMES = {
  'whatsapp:read': 'permission.read',
  'whatsapp:send_message': 'permission.send_message',
  'whatsapp:send_bulk': 'permission.send_bulk',
  'whatsapp:verify': 'permission.verify',
  'whatsapp:handle_conversations': 'permission.handle_conversations',
  'whatsapp:assign_conversations': 'permission.assign_conversations',
  'whatsapp:manage_contacts': 'permission.manage_contacts',
  'whatsapp:erase_contacts': 'permission.erase_contacts',
  'whatsapp:manage_bots': 'permission.manage_bots',
  'whatsapp:manage_subscriptions': 'permission.manage_subscriptions',
  'whatsapp:publish_events': 'permission.publish_events',
  'whatsapp:operate': 'permission.operate',
  'whatsapp:admin': 'permission.admin',
  'company:manage': 'permission.manage',
  'company:manage_users': 'permission.manage_users',
  'company:manage_api_keys': 'permission.manage_api_keys',
  'company:read_audit': 'permission.read_audit',
  'platform:admin': 'permission.platform',
} as const satisfies Record<Permission, string>;

/** What each role may, as the server has it (packages/contracts/src/permissions.ts): a test compares the two. */
const AGENT = ['whatsapp:read', 'whatsapp:send_message', 'whatsapp:verify', 'whatsapp:handle_conversations', 'whatsapp:manage_contacts'] as const;
export const ROLE_PERMISSIONS = {
  administrator: (Object.keys(PERMISSION_NAMES) as Permission[]).filter((p) => p !== 'platform:admin'),
  supervisor: [...AGENT, 'whatsapp:send_bulk', 'whatsapp:assign_conversations'],
  agent: AGENT,
  developer: ['whatsapp:read', 'whatsapp:send_message', 'whatsapp:verify', 'whatsapp:manage_bots', 'whatsapp:manage_subscriptions', 'whatsapp:publish_events', 'whatsapp:operate', 'whatsapp:admin', 'company:manage_api_keys'],
  read_only: ['whatsapp:read'],
} as const satisfies Record<Role, readonly Permission[]>;

import { z } from 'zod';

export const GroupMember = z.object({ phone: z.string().optional(), lid: z.string().optional(), name: z.string().optional(), role: z.enum(['member', 'admin', 'superadmin']) });
export type GroupMember = z.infer<typeof GroupMember>;

export const Group = z.object({
  /** `…@g.us` */
  id: z.string(),
  subject: z.string(),
  description: z.string().optional(),
  created_at: z.string().optional(),
  /** Only administrators may write. */
  announce: z.boolean().optional(),
  /** Only administrators may change subject and picture. */
  locked: z.boolean().optional(),
  members: z.array(GroupMember),
});
export type Group = z.infer<typeof Group>;

/** `GET /sessions/{session}/groups`. */
export const GroupList = z.object({ groups: z.array(Group) });
/** `GET /sessions/{session}/groups/{group}`, and the answer to creating one. */
export const GroupAnswer = z.object({ group: Group });

const who = z.string().trim().min(5).max(128);
/** `POST /sessions/{session}/groups`. */
export const GroupCreateBody = z.object({ subject: z.string().trim().min(1).max(100), members: z.array(who).min(1).max(1024) });
export type GroupCreateBody = z.infer<typeof GroupCreateBody>;

export const MemberAction = z.enum(['add', 'remove', 'promote', 'demote']);
export type MemberAction = z.infer<typeof MemberAction>;
/** `POST /sessions/{session}/groups/{group}/members`. */
export const MembersBody = z.object({ action: MemberAction, members: z.array(who).min(1).max(256) });
/** Each of them with WhatsApp's code: 200 done, 403 may only be invited, 404 not on WhatsApp, 408 left recently, 409 is in it already. */
export const MembersAnswer = z.object({ members: z.array(z.object({ phone: z.string().optional(), lid: z.string().optional(), code: z.string(), done: z.boolean() })) });
export type MembersAnswer = z.infer<typeof MembersAnswer>;

/** `PATCH /sessions/{session}/groups/{group}`. */
export const GroupChangeBody = z.object({ subject: z.string().trim().min(1).max(100).optional(), description: z.string().max(2048).optional() });
export type GroupChangeBody = z.infer<typeof GroupChangeBody>;

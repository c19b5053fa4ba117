import { z } from 'zod';

/** Colours of labels, by name: every screen has its own shade of each, light and dark. */
export const LabelColour = z.enum(['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink']);
export type LabelColour = z.infer<typeof LabelColour>;

/** A word of the company's own, put on conversations and contacts. */
export const Label = z.object({ id: z.string(), name: z.string(), colour: LabelColour }).meta({ id: 'Label' });
export type Label = z.infer<typeof Label>;
export const LabelPage = z.object({ labels: z.array(Label) }).meta({ id: 'LabelPage' });
export type LabelPage = z.infer<typeof LabelPage>;

const labelName = z.string().trim().min(1, 'Give it a name.').max(50, 'At most 50 characters.');
export const LabelBody = z.object({ name: labelName, colour: LabelColour.default('gray') }).meta({ id: 'LabelBody' });
export const LabelPatch = z.object({ name: labelName.optional(), colour: LabelColour.optional() }).meta({ id: 'LabelPatch' });

/** One of the ways to reach somebody. Phones as E.164; the other kinds are words of the carriers: `bsuid`, `lid`, `username`, `group`. */
export const ContactAddress = z.object({
  kind: z.string(), value: z.string(),
  /** When it was last said to be in use; the newest is written to. */
  added_at: z.string(),
}).meta({ id: 'ContactAddress' });
export type ContactAddress = z.infer<typeof ContactAddress>;
export const ContactAddressPage = z.object({ addresses: z.array(ContactAddress) }).meta({ id: 'ContactAddressPage' });

/** What a company keeps about a person, by names of its own. */
export const FieldValue = z.union([z.string().max(1000, 'At most 1000 characters.'), z.number(), z.boolean()]);
export type FieldValue = z.infer<typeof FieldValue>;
const fieldName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,62}$/u, 'A field’s name has 1 to 63 letters, digits, spaces, _, . or -.');

export const Contact = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** Who named them: the person themself on WhatsApp (`carrier`), or somebody of the company (`agent`), which stays. */
  named_by: z.enum(['carrier', 'agent']),
  /** The number written to, E.164; null: only other addresses are known. */
  phone_number: z.string().nullable(),
  /** A BCP 47 tag: `es`, `pt-BR`. */
  language: z.string().nullable(),
  fields: z.record(z.string(), FieldValue),
  /** The one written to first. */
  addresses: z.array(ContactAddress),
  labels: z.array(Label),
  /** What they asked not to be sent any more, with the time. */
  stopped: z.record(z.string(), z.string()),
  /** When anything was last said with them, to the hour. */
  last_active_at: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  /** Not null: what was known about them was erased then. */
  erased_at: z.string().nullable(),
}).meta({ id: 'Contact' });
export type Contact = z.infer<typeof Contact>;

const filters = {
  q: z.string().max(200).optional().describe('The beginnings of words of a name or of a field, the beginning or end of a number, another address or a field as a whole.'),
  label_id: z.string().optional(),
  field: z.string().max(1100).regex(/^[^:]+:/, 'Write name:value.').optional().describe('`name:value`: only who has this in this field.'),
  active_from: z.iso.datetime({ offset: true }).optional().describe('Only with whom something was said since then.'),
  active_to: z.iso.datetime({ offset: true }).optional().describe('Only with whom nothing was said since then.'),
};
export const ContactFilter = z.object(filters);
export type ContactFilter = z.infer<typeof ContactFilter>;
export const ContactList = z.object({ ...filters, cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });
export const ContactPage = z.object({ contacts: z.array(Contact), next_cursor: z.string().nullable() }).meta({ id: 'ContactPage' });
export type ContactPage = z.infer<typeof ContactPage>;

const name = z.string().trim().min(1, 'Give a name, or null.').max(200);
const language = z.string().regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$/, 'A language tag such as es, pt-BR or en-US.');
export const AddressBody = z.object({
  kind: z.enum(['phone', 'bsuid', 'lid', 'username']).default('phone'),
  /** A phone as digits or E.164. */
  value: z.string().trim().min(1).max(500),
}).meta({ id: 'AddressBody' });
export const CreateContact = z.object({
  name: name.optional(), language: language.optional(), fields: z.record(fieldName, FieldValue).optional(),
  /** Digits or E.164. */
  phone_number: z.string().optional(),
  addresses: z.array(AddressBody).max(20).optional(),
}).meta({ id: 'CreateContact' });
/** What is left out stays; null takes away. Fields are changed one by one. */
export const ChangeContact = z.object({
  name: name.nullable().optional(), language: language.nullable().optional(), fields: z.record(fieldName, FieldValue.nullable()).optional(),
}).meta({ id: 'ChangeContact' });
export const MergeContacts = z.object({ contact_id: z.string().describe('The contact that is the same person; it becomes part of the one in the address.') }).meta({ id: 'MergeContacts' });
export const EraseContact = z.object({ confirm: z.string().describe('The id of the contact, once more: nothing of this can be undone.') }).meta({ id: 'EraseContact' });
/** What was erased. */
export const ErasedContact = z.object({
  id: z.string(), erased_at: z.string(), messages: z.number().int(), files: z.number().int(), notes: z.number().int(), addresses: z.number().int(),
  /** Copies in webhook bodies, failed webhooks, unrouted events, kept events. */
  copies: z.number().int(),
}).meta({ id: 'ErasedContact' });
export type ErasedContact = z.infer<typeof ErasedContact>;

/** What the import made of each line. */
export const ImportedContacts = z.object({
  created: z.number().int(), changed: z.number().int(),
  /** Lines that were left out, the header being line 1. */
  errors: z.array(z.object({ line: z.number().int(), code: z.string(), detail: z.string() })),
}).meta({ id: 'ImportedContacts' });
export type ImportedContacts = z.infer<typeof ImportedContacts>;

/** What an agent writes about a conversation for the others; the contact never sees it. */
export const Note = z.object({
  id: z.string(), conversation_id: z.string(),
  /** `key`, `token`: another system. */
  author: z.object({ kind: z.enum(['user', 'key', 'token']), user_id: z.string().nullable(), name: z.string() }),
  text: z.string(),
  created_at: z.string(),
  edited_at: z.string().nullable(),
}).meta({ id: 'Note' });
export type Note = z.infer<typeof Note>;
export const NotePage = z.object({ notes: z.array(Note), next_cursor: z.string().nullable() }).meta({ id: 'NotePage' });
export type NotePage = z.infer<typeof NotePage>;
export const NoteBody = z.object({ text: z.string().trim().min(1, 'Write something.').max(10_000) }).meta({ id: 'NoteBody' });

/** `POST /api/conversations/{id}/read`; without a body everything in it. */
export const ReadBody = z.object({ up_to: z.string().optional().describe('A message: what came later stays unread.') }).meta({ id: 'ReadBody' });
export const TypingShown = z.object({
  /** False: the carrier did not take it this time; nothing depends on it. */
  shown: z.boolean(),
}).meta({ id: 'TypingShown' });

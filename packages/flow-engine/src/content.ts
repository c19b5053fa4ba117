import { z } from 'zod';

/**
 * What a flow says. The same shape as an outgoing message of the server (`messaging/content.ts`), so that a rendered
 * content is sent as it is. Every text is a Liquid template; ids of buttons and rows are fixed, since routes name them.
 * Lengths are WhatsApp's and are checked by the lint, which knows a template from a plain text.
 */
const template = z.string();

export const Media = z.strictObject({
  /** Public address of the file. */
  link: template.optional(),
  /** A file stored before: `med_…`. */
  id: template.optional(),
  filename: template.optional(),
  mime_type: z.string().optional(),
  /** An audio shown as a voice message. */
  voice: z.boolean().optional(),
}).refine((media) => (media.link === undefined) !== (media.id === undefined), { error: 'media needs either "link" or "id"' });
export type Media = z.infer<typeof Media>;

const text = z.strictObject({ type: z.literal('text'), text: template, preview_url: z.boolean().optional() });
const captioned = <T extends string>(type: T) => z.strictObject({ type: z.literal(type), media: Media, caption: template.optional() });
const location = z.strictObject({
  type: z.literal('location'), latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180),
  name: template.optional(), address: template.optional(),
});
const header = z.union([template, z.strictObject({ type: z.enum(['image', 'video', 'document']), media: Media })]);

export const Option = z.strictObject({ id: z.string().min(1), title: template });
const Row = z.strictObject({ id: z.string().min(1), title: template, description: template.optional() });
const buttons = z.strictObject({
  type: z.literal('buttons'), body: template, header: header.optional(), footer: template.optional(), buttons: z.array(Option).min(1),
});
const list = z.strictObject({
  type: z.literal('list'), body: template, header: template.optional(), footer: template.optional(), button: template,
  sections: z.array(z.strictObject({ title: template.optional(), rows: z.array(Row).min(1) })).min(1),
});

export const Content = z.discriminatedUnion('type', [
  text, captioned('image'), captioned('video'), captioned('audio'), captioned('document'), captioned('sticker'),
  location, buttons, list,
]);
export type Content = z.infer<typeof Content>;
export type ContentOption = { readonly id: string; readonly title: string };

/** The choices a content offers to tap, as written (titles may be templates). */
export function optionsOf(content: Content | undefined): readonly ContentOption[] {
  switch (content?.type) {
    case 'buttons': return content.buttons;
    case 'list': return content.sections.flatMap((section) => section.rows);
    default: return [];
  }
}

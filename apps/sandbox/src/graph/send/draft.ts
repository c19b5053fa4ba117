import type { MediaKind } from '../../network/media-kinds.ts';
import type { Media } from '../../store/media.ts';
import type { Template } from '../../store/templates.ts';

/** What a message is billed as. */
export type Category = 'service' | 'utility' | 'marketing' | 'authentication';

/** A file a message refers to: one of ours, or a link that still has to be fetched. */
export interface MediaReference {
  readonly kind: MediaKind;
  readonly link: string | null;
  readonly media: Media | null;
}

/** A message that passed its checks. */
export interface Draft {
  readonly type: string;
  /** One line for lists and tests. */
  readonly text: string;
  readonly category: Category;
  readonly media: readonly MediaReference[];
  /** A template as the phone shows it. */
  readonly rendered?: unknown;
  readonly voice?: boolean;
}

/** What checks look things up in. */
export interface CheckContext {
  /** Undefined: no such file, or it expired. */
  findMedia(id: string): Media | undefined;
  findTemplate(name: string, language: string): Template | undefined;
  /** Languages a template name exists in. */
  languagesOf(name: string): string[];
  /** Addressed by business-scoped user id. */
  readonly byBsuid: boolean;
}

import { unfit } from '../../network/media-kinds.ts';
import type { MediaKind } from '../../network/media-kinds.ts';
import { GraphError } from '../errors.ts';
import { httpUrl } from '../fields.ts';
import type { Fields } from '../fields.ts';
import type { CheckContext, MediaReference } from './draft.ts';

/** A media object under a key: exactly one of id and link. */
export function mediaReference(kind: MediaKind, content: Fields, context: CheckContext): MediaReference {
  const { id, link } = content;
  if (id !== undefined && link !== undefined) throw new GraphError(131009, `Param ${kind}: give either id or link, not both.`);
  if (id === undefined && link === undefined) throw new GraphError(131008, `The parameter ${kind}['id'] or ${kind}['link'] is required.`);
  if (link !== undefined) {
    if (typeof link !== 'string') throw new GraphError(100, `Param ${kind}['link'] must be a string.`);
    return { kind, link: httpUrl(link, `${kind}['link']`), media: null };
  }
  if (typeof id !== 'string' && typeof id !== 'number') throw new GraphError(100, `Param ${kind}['id'] must be a string.`);
  const media = context.findMedia(String(id));
  if (media === undefined) throw new GraphError(131009, `Media with id ${String(id)} does not exist or has expired. Upload it again.`);
  const why = unfit(kind, { mime: media.mimeType, size: media.size, animated: media.animated });
  if (why !== undefined) throw new GraphError(131053, why);
  return { kind, link: null, media };
}

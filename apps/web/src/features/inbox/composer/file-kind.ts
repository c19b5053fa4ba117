export type SendableKind = 'image' | 'video' | 'audio' | 'document';

/**
 * As what WhatsApp takes a file: only these types are shown as pictures, videos and recordings there; every other goes as a
 * document (Cloud API media types).
 */
const KINDS: Record<Exclude<SendableKind, 'document'>, readonly string[]> = {
  image: ['image/jpeg', 'image/png'],
  video: ['video/mp4', 'video/3gpp'],
  audio: ['audio/aac', 'audio/mp4', 'audio/mpeg', 'audio/amr', 'audio/ogg', 'audio/opus'],
};

export function kindOf(mime: string): SendableKind {
  const type = mime.split(';')[0]!.trim().toLowerCase();
  for (const kind of ['image', 'video', 'audio'] as const) if (KINDS[kind].includes(type)) return kind;
  return 'document';
}

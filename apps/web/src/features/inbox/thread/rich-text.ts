/** WhatsApp's formatting as a tree; rendered as elements, never as HTML. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string };
export type Block =
  | { kind: 'lines'; lines: Inline[][] }
  | { kind: 'quote'; lines: Inline[][] }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] }
  | { kind: 'pre'; text: string };

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"'`]+/iy;
const EMAIL = /[a-z0-9._%+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/iy;
const WORD = /[\p{L}\p{N}]/u;

/** Parses a whole message. Linear in practice: each mark looks for its end on its own line only. */
export function parseRichText(source: string): Block[] {
  const blocks: Block[] = [];
  const parts = source.split('```');
  for (const [index, part] of parts.entries()) {
    const fence = index % 2 === 1;
    const closed = fence && index < parts.length - 1;
    if (closed) blocks.push({ kind: 'pre', text: part.replace(/^\n|\n$/g, '') });
    else blocks.push(...parseLines(fence ? '```' + part : index > 0 ? part.replace(/^\n/, '') : part));
  }
  return blocks.length > 0 ? blocks : [{ kind: 'lines', lines: [[]] }];
}

function parseLines(text: string): Block[] {
  if (text === '') return [];
  const blocks: Block[] = [];
  for (const line of text.split('\n')) {
    const last = blocks.at(-1);
    const quote = /^> ?(.+)$/.exec(line);
    const bullet = /^[*-] (.+)$/.exec(line);
    const number = /^(\d{1,3})\. (.+)$/.exec(line);
    if (quote) {
      if (last?.kind === 'quote') last.lines.push(parseInline(quote[1]!));
      else blocks.push({ kind: 'quote', lines: [parseInline(quote[1]!)] });
    } else if (bullet) {
      if (last?.kind === 'list' && !last.ordered) last.items.push(parseInline(bullet[1]!));
      else blocks.push({ kind: 'list', ordered: false, start: 1, items: [parseInline(bullet[1]!)] });
    } else if (number) {
      if (last?.kind === 'list' && last.ordered) last.items.push(parseInline(number[2]!));
      else blocks.push({ kind: 'list', ordered: true, start: Number(number[1]), items: [parseInline(number[2]!)] });
    } else if (last?.kind === 'lines') last.lines.push(parseInline(line));
    else blocks.push({ kind: 'lines', lines: [parseInline(line)] });
  }
  return blocks;
}

/** One line: marks that hug their text, inline code, links. */
export function parseInline(line: string): Inline[] {
  const out: Inline[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain) out.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let i = 0; i < line.length; ) {
    const char = line[i]!;
    const before = line[i - 1];
    if (char === '`') {
      const end = line.indexOf('`', i + 1);
      if (end > i + 1) {
        flush();
        out.push({ kind: 'code', text: line.slice(i + 1, end) });
        i = end + 1;
        continue;
      }
    }
    if (char === '*' || char === '_' || char === '~') {
      const end = closing(line, i);
      if (end !== -1) {
        flush();
        out.push({ kind: MARKS[char], children: parseInline(line.slice(i + 1, end)) });
        i = end + 1;
        continue;
      }
    }
    if (before === undefined || !WORD.test(before)) {
      const link = linkAt(line, i);
      if (link) {
        flush();
        out.push(link);
        i += link.text.length;
        continue;
      }
    }
    plain += char;
    i++;
  }
  flush();
  return out;
}

/** The end of the mark that opens at `start`, or -1. A mark hugs its text and does not touch letters outside. */
function closing(line: string, start: number): number {
  const mark = line[start]!;
  const before = line[start - 1];
  const after = line[start + 1];
  if ((before !== undefined && WORD.test(before)) || after === undefined || after === ' ' || after === mark) return -1;
  for (let end = line.indexOf(mark, start + 2); end !== -1; end = line.indexOf(mark, end + 1)) {
    const next = line[end + 1];
    if (line[end - 1] !== ' ' && (next === undefined || !WORD.test(next))) return end;
  }
  return -1;
}

function linkAt(line: string, index: number): Extract<Inline, { kind: 'link' }> | null {
  const char = line[index]!;
  if (/[hHwW]/.test(char)) {
    ADDRESS.lastIndex = index;
    const text = trimUrl(ADDRESS.exec(line)?.[0] ?? '');
    const href = /^www\./i.test(text) ? `https://${text}` : text;
    if (text.length > 8 && canParse(href)) return { kind: 'link', text, href };
  }
  if (/[a-z0-9]/i.test(char)) {
    EMAIL.lastIndex = index;
    const text = EMAIL.exec(line)?.[0];
    if (text) return { kind: 'link', text, href: `mailto:${text}` };
  }
  return null;
}

function canParse(href: string): boolean {
  return URL.canParse(href);
}

/** Punctuation of the sentence around an address does not belong to it; a bracket does when it was opened inside. */
function trimUrl(url: string): string {
  let text = url;
  for (;;) {
    const last = text.at(-1);
    if (last === undefined) return text;
    if (/[.,;:!?*_~»”’]/.test(last)) text = text.slice(0, -1);
    else if (last === ')' && text.split('(').length < text.split(')').length) text = text.slice(0, -1);
    else if (last === ']' && !text.includes('[')) text = text.slice(0, -1);
    else return text;
  }
}

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\p{Regional_Indicator}|\s)+$/u;

/** Up to three emoji and nothing else are shown large. */
export function isBigEmoji(text: string): boolean {
  const trimmed = text.trim();
  if (!trimmed || trimmed.length > 40 || !EMOJI_ONLY.test(trimmed) || !/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(trimmed)) return false;
  return [...new Intl.Segmenter().segment(trimmed.replace(/\s/g, ''))].length <= 3;
}

/** Text of a preview line: marks and line breaks gone. */
export function plainText(text: string): string {
  return text.replace(/```/g, '').replace(/(^|[^\p{L}\p{N}])([*_~`])(\S(?:[^\n]*?\S)?)\2(?![\p{L}\p{N}])/gu, '$1$3').replace(/\s+/g, ' ').trim();
}

import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './rich-text.module.css';
import { type Block, type Inline, isBigEmoji, parseRichText } from './rich-text.ts';

/** Longer texts are folded; nobody reads 4,000 letters in passing. */
const FOLD_CHARS = 1400;
const FOLD_LINES = 24;

export function RichText({ text, big }: { text: string; big?: boolean }) {
  const { t } = useTranslation();
  const lines = text.split('\n', FOLD_LINES + 1).length;
  const long = text.length > FOLD_CHARS || lines > FOLD_LINES;
  const [open, setOpen] = useState(false);
  const shown = long && !open ? `${text.slice(0, FOLD_CHARS).split('\n').slice(0, FOLD_LINES).join('\n')}…` : text;
  const blocks = useMemo(() => parseRichText(shown), [shown]);
  return (
    <div className={classes.text} data-big={(big && isBigEmoji(text)) || undefined} dir="auto">
      {blocks.map((block, i) => <BlockView key={i} block={block} />)}
      {long && <button type="button" className={classes.more} onClick={() => setOpen(!open)} aria-expanded={open}>{t(open ? 'app.show_less' : 'app.show_more')}</button>}
    </div>
  );
}

function BlockView({ block }: { block: Block }): ReactNode {
  switch (block.kind) {
    case 'lines': return <p>{joined(block.lines)}</p>;
    case 'quote': return <blockquote>{joined(block.lines)}</blockquote>;
    case 'pre': return <pre>{block.text}</pre>;
    case 'list': {
      const items = block.items.map((item, i) => <li key={i}>{inline(item)}</li>);
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

const joined = (lines: Inline[][]): ReactNode => lines.map((line, i) => <span key={i}>{i > 0 && <br />}{inline(line)}</span>);

function inline(parts: Inline[]): ReactNode {
  return parts.map((part, i) => {
    switch (part.kind) {
      case 'text': return part.text;
      case 'bold': return <strong key={i}>{inline(part.children)}</strong>;
      case 'italic': return <em key={i}>{inline(part.children)}</em>;
      case 'strike': return <s key={i}>{inline(part.children)}</s>;
      case 'code': return <code key={i}>{part.text}</code>;
      case 'link': return <a key={i} href={part.href} target="_blank" rel="noopener noreferrer nofollow">{part.text}</a>;
    }
  });
}

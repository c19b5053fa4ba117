import { IconTemplate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Content } from '../content.ts';
import { RichText } from '../rich-text.tsx';
import classes from './cards.module.css';
import { Extra } from './extra.tsx';

/** A template: its text as the reader saw it when we know it, else its parameters. */
export function TemplateCard({ content: c }: { content: Extract<Content, { type: 'template' }> }) {
  const { t } = useTranslation();
  const components = c.components ?? [];
  const values = parameters(components);
  return (
    <div className={classes.card}>
      <p className={classes.label}><IconTemplate size={14} stroke={1.75} aria-hidden />{t('content.template_name', { name: c.name ?? '', language: c.language ?? '' })}</p>
      {c.preview ? <RichText text={c.preview} /> : values.length > 0 && <ol className={classes.values}>{values.map((v, i) => <li key={i}>{v}</li>)}</ol>}
      {components.length > 0 && <Extra extra={components} label={t('content.raw')} />}
    </div>
  );
}

function parameters(components: readonly Record<string, unknown>[]): string[] {
  return components.flatMap((component) => {
    const list = Array.isArray(component.parameters) ? (component.parameters as { text?: unknown; payload?: unknown; coupon_code?: unknown }[]) : [];
    return list.flatMap((p) => [p.text, p.payload, p.coupon_code].filter((v) => typeof v === 'string'));
  });
}

import { IconExternalLink, IconHandClick, IconListDetails } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Content, MediaType } from '../content.ts';
import { RichText } from '../rich-text.tsx';
import { safeLink } from '../safe-link.ts';
import { Body, Choice, HeaderView } from './card-parts.tsx';
import classes from './cards.module.css';
import { ContactCards } from './contact-cards.tsx';
import { Extra } from './extra.tsx';
import { FlowReply } from './flow-reply.tsx';
import { LocationCard } from './location-card.tsx';
import { OrderCard } from './order-card.tsx';
import { TemplateCard } from './template-card.tsx';

type SpecialContent = Exclude<Content, { type: MediaType | 'text' | 'edit' }>;

/** Every type that is neither text nor a file. `text`: the readable text the server made of it. */
export function SpecialView({ content: c, text }: { content: SpecialContent; text: string }): ReactNode {
  const { t } = useTranslation();
  switch (c.type) {
    case 'location': return <LocationCard content={c} />;
    case 'contacts': return <ContactCards contacts={c.contacts ?? []} />;
    case 'buttons':
      return (
        <div className={classes.card}>
          <HeaderView header={c.header} /><Body text={c.body ?? text} footer={c.footer} />
          <ul className={classes.options} aria-label={t('content.choices')}>{(c.buttons ?? []).map((b, i) => <Choice key={b.id ?? i} option={b} button />)}</ul>
        </div>
      );
    case 'list':
      return (
        <div className={classes.card}>
          <HeaderView header={c.header} /><Body text={c.body ?? text} footer={c.footer} />
          <p className={classes.button}><IconListDetails size={15} stroke={1.75} aria-hidden />{c.button}</p>
          <details className={classes.fold} open={(c.sections ?? []).reduce((n, s) => n + (s.rows?.length ?? 0), 0) <= 4}>
            <summary>{t('content.sections')}</summary>
            {(c.sections ?? []).map((section, i) => (
              <div key={section.title ?? i}>
                {section.title && <p className={classes.section}>{section.title}</p>}
                <ul className={classes.options}>{(section.rows ?? []).map((row, j) => <Choice key={row.id ?? j} option={row} />)}</ul>
              </div>
            ))}
          </details>
        </div>
      );
    case 'cta_url': {
      const link = safeLink(c.url);
      const label = <><IconExternalLink size={15} stroke={1.75} aria-hidden />{c.display_text ?? c.url}</>;
      return (
        <div className={classes.card}>
          <HeaderView header={c.header} /><Body text={c.body ?? text} footer={c.footer} />
          {link ? <a className={classes.button} href={link} target="_blank" rel="noopener noreferrer nofollow" title={link}>{label}</a> : <p className={classes.button}>{label}</p>}
        </div>
      );
    }
    case 'template': return <TemplateCard content={c} />;
    case 'interactive': return <div className={classes.card}><Body text={c.body ?? text} /><Extra extra={c.interactive} label={t('content.raw')} /></div>;
    case 'button_reply': return <Tapped label={t('type.button_reply')} title={c.title ?? text} />;
    case 'list_reply': return <Tapped label={t('type.list_reply')} title={c.title ?? text} description={c.description} list />;
    case 'template_button': return <Tapped label={t('type.template_button')} title={c.text ?? text} description={c.payload && c.payload !== c.text ? `${t('content.payload')}: ${c.payload}` : undefined} />;
    case 'flow_reply': return <FlowReply content={c} />;
    case 'order': return <OrderCard content={c} />;
    case 'unsupported':
      return (
        <div className={classes.muted}>
          <p>{c.wire_type && c.wire_type !== 'unsupported' ? t('content.unsupported_type', { type: c.wire_type }) : t('content.unsupported')}</p>
          {c.errors && c.errors.length > 0 && <Extra extra={c.errors} label={t('content.raw')} />}
        </div>
      );
    case 'unknown': return <div className={classes.muted}><p>{t('content.unknown', { type: c.wire_type ?? '?' })}</p><Extra extra={c.payload} label={t('content.raw')} /></div>;
    // Shown as lines across the thread; in a bubble only if a newer server puts them there.
    case 'system': return <RichText text={c.event === 'erased' ? t('content.erased') : text || t('type.system')} />;
    case 'reaction': case 'revoke': case 'welcome_request': return <RichText text={text || t(`type.${c.type}`)} />;
  }
}

/** What the customer tapped, told apart from what they wrote. */
function Tapped({ label, title, description, list }: { label: string; title: string; description?: string; list?: boolean }) {
  const Mark = list ? IconListDetails : IconHandClick;
  return (
    <div>
      <p className={classes.label}><Mark size={14} stroke={1.75} aria-hidden />{label}</p>
      <p className={classes.strong}>{title}</p>
      {description && <p className={classes.soft}>{description}</p>}
    </div>
  );
}

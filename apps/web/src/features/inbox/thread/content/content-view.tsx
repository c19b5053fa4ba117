import { lazy, Suspense, type ReactNode } from 'react';
import type { Message } from '../../../../api/types.ts';
import type { Content } from '../content.ts';
import { RichText } from '../rich-text.tsx';
import { MediaView } from './media-view.tsx';

/** Text and files are in most threads; the other types are fetched when the first of them is shown. */
const Special = lazy(() => import('./special-view.tsx').then((m) => ({ default: m.SpecialView })));

export function ContentView({ message, content }: { message: Message; content: Content }): ReactNode {
  switch (content.type) {
    case 'text': return <RichText text={content.text ?? message.text} big />;
    case 'edit': return <RichText text={content.text ?? message.text} />;
    case 'image': case 'video': case 'audio': case 'document': case 'sticker':
      return <MediaView message={message} content={content} />;
    case 'location': case 'contacts': case 'reaction': case 'buttons': case 'list': case 'cta_url': case 'template': case 'interactive': case 'button_reply': case 'list_reply':
    case 'template_button': case 'flow_reply': case 'order': case 'system': case 'revoke': case 'welcome_request': case 'unsupported': case 'unknown':
      return <Suspense fallback={<span>{message.text}</span>}><Special content={content} text={message.text} /></Suspense>;
  }
}

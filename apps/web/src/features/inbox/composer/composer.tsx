import { ActionIcon, Button } from '@mantine/core';
import { IconArrowUp, IconPaperclip, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, useSyncExternalStore, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { newId, now as clock } from '../../../api/runtime.ts';
import type { Conversation, OutgoingContent } from '../../../api/types.ts';
import { useMay, useMe } from '../../session/me.ts';
import { useNow } from '../../../ui/use-now.ts';
import { plainText } from '../thread/rich-text.ts';
import type { Turn } from '../use-turn.ts';
import { isOpen, isShort, useWindowWords } from '../window-state.ts';
import { AttachmentTray } from './attachment-tray.tsx';
import classes from './composer.module.css';
import { DropZone } from './drop-zone.tsx';
import { readDraft, subscribeDrafts, writeDraft } from './drafts.ts';
import { useOutbox } from './outbox-context.ts';
import { TurnBar } from './turn-bar.tsx';
import { showTyping } from './typing.ts';
import { useAttachments } from './use-attachments.ts';
import { NoField, WindowClosed } from './window-closed.tsx';

export interface ComposerHandle {
  focus: () => void;
  blur: () => void;
}

/** WhatsApp's limits of a text and of a caption. */
const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;
const MAX_HEIGHT_PX = 200;

interface Props {
  ref: RefObject<ComposerHandle | null>;
  conversation: Conversation;
  turn: Turn;
  onSent: () => void;
  onLeave: () => void;
}

export function Composer({ ref, conversation, turn, onSent, onLeave }: Props) {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const mayWrite = useMay()('whatsapp:send_message');
  const now = useNow();
  const words = useWindowWords();
  const outbox = useOutbox();
  const { id } = conversation;
  const draft = useSyncExternalStore(subscribeDrafts, useCallback(() => readDraft(me, id), [me, id]));
  const attachments = useAttachments(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const open = isOpen(conversation.window, now);
  const fine = useRef(window.matchMedia('(pointer: fine)').matches);

  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus(), blur: () => field.current?.blur() }));
  // A keyboard that covers half a phone is not opened unasked.
  useEffect(() => {
    if (fine.current) field.current?.focus({ preventScroll: true });
  }, [id]);
  useGrowing(field, draft.text);

  const captioned = attachments.files.find((f) => f.kind !== 'audio');
  const limit = captioned ? MAX_CAPTION : MAX_TEXT;
  const excess = draft.text.trim().length - limit;
  const filled = draft.text.trim() !== '' || attachments.files.length > 0;
  const sendable = open && filled && excess <= 0;
  const ready = sendable && attachments.settled;
  // Asked to send while files are still going up: it goes as soon as they are there.
  const [waiting, setWaiting] = useState(false);

  const send = (): void => {
    if (!ready) {
      setWaiting(sendable && attachments.uploading);
      return;
    }
    setWaiting(false);
    const text = draft.text.trim();
    const quote = draft.quote ? { message_id: draft.quote.id, text: draft.quote.text } : null;
    const created_at = new Date(clock()).toISOString();
    const put = (content: OutgoingContent, first: boolean, file?: { name: string; size: number; mime_type: string }): void =>
      outbox.add({ client_id: newId(), conversation_id: id, content, quote: first ? quote : null, created_at, file });
    // A recording takes no caption: the text goes first, on its own.
    const alone = text !== '' && !captioned;
    if (alone) put({ type: 'text', text }, true);
    for (const [index, file] of attachments.files.entries()) {
      if (!file.mediaId) continue;
      put({ type: file.kind, media: { id: file.mediaId }, caption: file === captioned && text ? text : undefined }, index === 0 && !alone, { name: file.file.name, size: file.file.size, mime_type: file.file.type });
    }
    writeDraft(me, id, { text: '', quote: null });
    attachments.clear();
    onSent();
    field.current?.focus();
  };

  const latest = useRef(send);
  latest.current = send;
  const over = waiting && !attachments.uploading;
  const left = attachments.files.length;
  useEffect(() => {
    if (!over) return;
    // What could not be uploaded, or was taken away meanwhile, is for a person to decide.
    if (left > 0) latest.current();
    else setWaiting(false);
  }, [over, left]);

  const onType = (text: string): void => {
    writeDraft(me, id, { ...draft, text });
    if (text.trim() !== '') showTyping(conversation);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      if (draft.quote) writeDraft(me, id, { ...draft, quote: null });
      else onLeave();
      return;
    }
    // While an input method composes, Enter chooses a word. On phones it is the only way to a new line.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && fine.current) {
      event.preventDefault();
      send();
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    attachments.add(files);
  };

  if (!mayWrite) return <NoField title={t('composer.read_only')} why={t('composer.read_only_hint')} />;
  if (!open) return <WindowClosed conversation={conversation} onSent={onSent} />;
  const { closes_at } = conversation.window;
  return (
    <DropZone onFiles={attachments.add}>
      <div className={classes.composer}>
        <TurnBar conversation={conversation} turn={turn} />
        <form
          className={classes.box} aria-label={t('composer.label')}
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          {draft.quote && (
            <div className={classes.quote}>
              <span className={classes.quoteText}><strong>{t('composer.replying', { name: draft.quote.name })}</strong><span>{plainText(draft.quote.text)}</span></span>
              <ActionIcon size={28} onClick={() => writeDraft(me, id, { ...draft, quote: null })} aria-label={t('composer.cancel_reply')}><IconX size={16} stroke={1.75} /></ActionIcon>
            </div>
          )}
          <AttachmentTray attachments={attachments} />
          <div className={classes.row}>
            <input
              ref={picker} type="file" multiple hidden
              onChange={(event) => {
                attachments.add([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = '';
                field.current?.focus();
              }}
            />
            <ActionIcon size={36} className={classes.tool} onClick={() => picker.current?.click()} aria-label={t('composer.attach')} title={t('composer.attach')}><IconPaperclip size={19} stroke={1.75} /></ActionIcon>
            <textarea
              ref={field} rows={1} className={classes.field} value={draft.text} aria-label={t('composer.label')} placeholder={t(conversation.holder.kind === 'bot' ? 'composer.placeholder_bot' : 'composer.placeholder')}
              onChange={(event) => onType(event.currentTarget.value)} onKeyDown={onKeyDown} onPaste={onPaste} dir="auto" enterKeyHint="enter"
            />
            <Button type="submit" className={classes.send} disabled={!sendable || (!ready && !attachments.uploading)} loading={waiting} aria-label={t('composer.send')} title={t('composer.send')}><IconArrowUp size={19} stroke={2.2} aria-hidden /></Button>
          </div>
        </form>
        <p className={classes.foot}>
          {closes_at && <span className={classes.window} data-short={isShort(closes_at, now) || undefined}>{words.long(closes_at, now)}</span>}
          {excess > 0 ? <span className={classes.excess} role="alert">{t('composer.too_long', { count: excess })}</span> : <span className={classes.hint}>{t('composer.hint')}</span>}
        </p>
      </div>
    </DropZone>
  );
}

/** The field is as high as its text, up to a limit. */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!field.current) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    watch.observe(field.current);
    return () => watch.disconnect();
  }, [field]);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, MAX_HEIGHT_PX)}px`;
    element.style.overflowY = element.scrollHeight > MAX_HEIGHT_PX ? 'auto' : 'hidden';
  }, [field, text, width]);
}

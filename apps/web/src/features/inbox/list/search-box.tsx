import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './search-box.module.css';

/** Typing pauses longer than this start a search. */
const PAUSE_MS = 250;

export function SearchBox({ ref, value, onLeave }: { ref: RefObject<HTMLInputElement | null>; value: string; onLeave: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState(value);
  const asked = useRef(value);

  useEffect(() => {
    // The address changed by other means than typing: back, another view.
    if (value !== asked.current) {
      asked.current = value;
      setText(value);
    }
  }, [value]);

  const ask = (next: string): void => {
    const q = next.trim().slice(0, 200);
    if (q === asked.current) return;
    asked.current = q;
    void navigate({ to: '.', search: (s) => ({ ...s, q: q || undefined }), replace: true });
  };
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    const timer = setTimeout(() => latest.current(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <TextInput
      ref={ref} type="search" role="searchbox" size="sm" variant="filled" value={text} onChange={(e) => setText(e.currentTarget.value)} maxLength={200}
      placeholder={t('list.search')} aria-label={t('list.search')} autoComplete="off" spellCheck={false}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />} classNames={{ input: classes.input }}
      rightSection={text ? <CloseButton size="sm" aria-label={t('list.clear_search')} onClick={() => { setText(''); ask(''); ref.current?.focus(); }} /> : undefined}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          if (text) {
            setText('');
            ask('');
          } else onLeave();
        } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault();
          ask(text);
          onLeave();
        }
      }}
    />
  );
}

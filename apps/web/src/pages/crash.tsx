import { isTransient } from '@centralita/sdk';
import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Blank } from '../ui/blank.tsx';
import { useExplain } from '../ui/explain.ts';

/** A page that could not be shown: the server is away, a part of the program did not load, or a fault of ours. */
export function CrashPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const away = isTransient(error);
  return (
    <Blank alert icon={IconPlugConnectedX} title={away ? explain(error) : t('app.crashed')} hint={t('app.crashed_hint')}>
      <Button variant="light" onClick={() => window.location.reload()}>{t('app.reload')}</Button>
    </Blank>
  );
}

import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Blank } from '../ui/blank.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Blank icon={IconMapQuestion} title={t('app.not_found')} hint={t('app.not_found_hint')}>
      <Button component="a" href="/inbox" variant="light">{t('app.to_inbox')}</Button>
    </Blank>
  );
}

import { Alert, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import { useExplain } from '../../ui/explain.ts';
import own from './numbers.module.css';
import { KEY } from './queries.ts';

/** Each picture is good for a short time. */
const EVERY_MS = 15_000;
const SOON_MS = 3000;

/** The picture that the phone has to scan, until it has. */
export function PairingBox({ line }: { line: string }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const pairing = useQuery({
    queryKey: [...KEY, 'pairing', line], queryFn: ({ signal }) => answer(api.GET('/api/accounts/{id}/session/qr', { ...at({ id: line }), signal })), staleTime: 0, gcTime: 0, retry: false,
    refetchInterval: (query) => (query.state.data?.status === 'active' ? false : query.state.data?.picture || query.state.data?.code ? EVERY_MS : SOON_MS),
  });
  if (pairing.data?.status === 'active') return <Alert color="teal" variant="light" p="sm" role="status">{t('connect.paired')}</Alert>;
  if (pairing.isError) return <Alert color="red" variant="light" p="sm" role="alert">{explain(pairing.error)}</Alert>;
  return (
    <div className={own.pairing}>
      {pairing.data?.picture ? <img src={pairing.data.picture} width={240} height={240} alt={t('connect.picture')} /> : <Loader size={28} aria-label={t('app.loading')} />}
      <p>{t('connect.scan')}</p>
      {pairing.data?.code && <code>{pairing.data.code}</code>}
    </div>
  );
}

import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { IconArrowLeft, IconBuildingBroadcastTower, IconCheck, IconChevronRight, IconDeviceMobile } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Carrier, RouteWebhook } from '../../api/types.ts';
import { phoneNumber } from '../../ui/format.ts';
import { useExplain } from '../../ui/explain.ts';
import { Loaded, Section } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import own from './numbers.module.css';
import { LinkBox } from '../web-sessions/link-box.tsx';
import { isWebSession } from '../web-sessions/queries.ts';
import { PairingBox } from './pairing-box.tsx';
import { carriersQuery, KEY, linesQuery } from './queries.ts';
import { WebhookBox } from './webhook-box.tsx';
import { useWords } from './words.ts';

interface Made {
  readonly line: string;
  readonly route: { readonly id: string; readonly account_type: string };
  readonly webhook: RouteWebhook;
  /** The server runs its session itself: there is a phone to link, and no webhook. */
  readonly hosted: boolean;
}

/** Connects a number: which kind, what to paste and whether it works, where the carrier shall call. `to`: a further number of this line. */
export function ConnectWizard({ to }: { to: string | undefined }) {
  const { t } = useTranslation();
  const carriers = useQuery(carriersQuery);
  const { data: lines } = useQuery(linesQuery);
  const [kind, setKind] = useState<Carrier>();
  const [made, setMade] = useState<Made>();
  const line = lines?.accounts.find((a) => a.id === to);
  const step = made ? 2 : kind ? 1 : 0;
  return (
    <Section>
      <div className={own.wizard}>
        <h2 className={own.name}>{line ? t('connect.title_further', { name: line.name }) : t('connect.title')}</h2>
        <ol className={own.steps}>
          {[t('connect.step_kind'), t('connect.step_access'), t(kind && isWebSession(kind.account_type) ? 'connect.step_link' : 'connect.step_webhook')].map((label, n) => (
            <li key={label} data-now={n === step || undefined} data-done={n < step || undefined} aria-current={n === step ? 'step' : undefined}>{label}</li>
          ))}
        </ol>
        <Loaded query={carriers}>
          {({ carriers: all }) => (made && kind ? <Done made={made} kind={kind} /> : kind ? <Access key={kind.account_type} kind={kind} to={to} onBack={() => setKind(undefined)} onMade={setMade} /> : <Kinds all={all} onChoose={setKind} />)}
        </Loaded>
      </div>
    </Section>
  );
}

function Kinds({ all, onChoose }: { all: readonly Carrier[]; onChoose: (kind: Carrier) => void }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <ul className={own.kinds}>
      {all.map((c) => {
        const Mark = c.official ? IconBuildingBroadcastTower : IconDeviceMobile;
        return (
          <li key={c.account_type}>
            <button type="button" className={own.kind} onClick={() => onChoose(c)}>
              <Mark size={22} stroke={1.5} aria-hidden />
              <span><b>{words.kind(c.account_type)}</b><small>{words.about(c.account_type)}</small>{!c.official && <small className={own.warn}>{t('connect.unofficial')}</small>}</span>
              <IconChevronRight size={18} stroke={1.75} className={own.go} aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Other names of the same, and what is seldom wanted: over the API only. */
const UNASKED: ReadonlySet<string> = new Set(['session_id', 'auto_reconnect']);
/** A carrier that has no phone yet says so with this code: it is paired in the next step. */
const NOT_PAIRED = 'pairing';

function Access({ kind, to, onBack, onMade }: { kind: Carrier; to: string | undefined; onBack: () => void; onMade: (made: Made) => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const explain = useExplain();
  const client = useQueryClient();
  const [values, setValues] = useState<Record<string, string>>({});
  const [name, setName] = useState('');
  const credentials: Record<string, string> = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v.trim()]).filter(([, v]) => v !== ''));
  const check = useMutation({ mutationFn: () => answer(api.POST('/api/carriers/{account_type}/check', { ...at({ account_type: kind.account_type }), body: { credentials } })) });
  const unpaired = kind.pairing && check.data?.error?.code === NOT_PAIRED;
  const good = check.data?.ok === true || unpaired;
  const connect = useMutation({
    mutationFn: async (): Promise<Made> => {
      const hosted = isWebSession(kind.account_type) && credentials['bridge_url'] === undefined;
      const body = { account_type: kind.account_type, credentials, ...(unpaired && { verify: false }) };
      if (to !== undefined) {
        const { route, webhook } = await answer(api.POST('/api/accounts/{id}/routes', { ...at({ id: to }), body }));
        return { line: to, route, webhook, hosted };
      }
      const { id, routes, webhook } = await answer(api.POST('/api/accounts', { body: { ...body, ...(name.trim() !== '' && { name: name.trim() }) } }));
      const route = routes.find((r) => r.webhook_url === webhook.url) ?? routes[0]!;
      return { line: id, route, webhook, hosted };
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: KEY });
      await client.invalidateQueries({ queryKey: ['accounts'] });
      onMade(made);
    },
  });
  const set = (field: string, value: string): void => {
    setValues({ ...values, [field]: value });
    check.reset();
    connect.reset();
  };
  const input = (f: Carrier['fields'][number]) => {
    const props = {
      label: words.label(f.name), description: words.help(kind.account_type, f), required: f.required, withAsterisk: false, autoComplete: 'off', spellCheck: false,
      value: values[f.name] ?? '', onChange: (e: React.ChangeEvent<HTMLInputElement>) => set(f.name, e.currentTarget.value),
    };
    if (f.name === 'sandbox') {
      return (
        <label key={f.name} className={classes.check}>
          <input type="checkbox" checked={props.value === 'true'} onChange={(e) => set(f.name, e.currentTarget.checked ? 'true' : '')} />
          <span>{props.label}<small>{props.description}</small></span>
        </label>
      );
    }
    return f.secret ? <PasswordInput key={f.name} {...props} visibilityToggleButtonProps={{ 'aria-label': t('login.show_password') }} /> : <TextInput key={f.name} {...props} />;
  };
  const offered = kind.fields.filter((f) => f.mine && !UNASKED.has(f.name) && (f.name !== 'engine' || kind.account_type === 'venom'));
  const locked = kind.fields.filter((f) => f.required && !f.mine);
  if (locked.length > 0) return <Alert color="yellow" variant="light" title={t('connect.locked')}>{t('connect.locked_hint', { fields: locked.map((f) => words.label(f.name)).join(', ') })}</Alert>;

  return (
    <form
      className={`${classes.form} ${own.access}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (good) connect.mutate();
        else check.mutate();
      }}
    >
      <p className={classes.note}>{words.about(kind.account_type)}</p>
      {offered.filter((f) => f.required).map(input)}
      {offered.some((f) => !f.required) && <details className={own.more}><summary><IconChevronRight size={14} stroke={1.75} className={own.fold} aria-hidden />{t('connect.optional')}</summary><div className={classes.form}>{offered.filter((f) => !f.required).map(input)}</div></details>}
      {check.error && <Alert color="red" variant="light" p="sm" role="alert">{explain(check.error)}</Alert>}
      {check.data && !good && <Alert color="red" variant="light" p="sm" role="alert" title={t('connect.refused')}>{[check.data.error?.title, check.data.error?.detail].filter(Boolean).join(' ')}</Alert>}
      {good && (
        <Alert color="teal" variant="light" p="sm" role="status" icon={<IconCheck size={18} aria-hidden />} title={unpaired ? t('connect.unpaired') : t('connect.found', { number: phoneNumber(check.data?.number ?? '') })}>{unpaired ? t('connect.unpaired_hint') : check.data?.name}</Alert>
      )}
      {good && to === undefined && <TextInput label={t('connect.name')} description={t('connect.name_hint')} maxLength={120} placeholder={check.data?.name ?? ''} value={name} onChange={(e) => setName(e.currentTarget.value)} />}
      {connect.error && <Alert color="red" variant="light" p="sm" role="alert">{explain(connect.error)}</Alert>}
      <div className={own.foot}>
        <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>{t('connect.back')}</Button>
        {good ? <Button type="submit" loading={connect.isPending}>{t('connect.do')}</Button> : <Button type="submit" loading={check.isPending}>{t('connect.check')}</Button>}
      </div>
    </form>
  );
}

function Done({ made, kind }: { made: Made; kind: Carrier }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <div className={`${classes.form} ${own.access}`}>
      {made.hosted ? <LinkBox line={made.line} route={made.route.id} /> : (
        <>
          {kind.pairing && <PairingBox line={made.line} />}
          <WebhookBox line={made.line} route={made.route} webhook={made.webhook} />
        </>
      )}
      <div className={own.foot}>
        <Button onClick={() => void navigate({ to: '/numbers/{-$lineId}', params: { lineId: made.line }, search: {} })}>{t('connect.finish')}</Button>
      </div>
    </div>
  );
}

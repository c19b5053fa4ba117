import { useTranslation } from 'react-i18next';
import type { RouteState } from '../../api/types.ts';
import { Tag } from '../companies/parts.tsx';
import classes from './numbers.module.css';

export function StateTag({ state }: { state: RouteState }) {
  const { t } = useTranslation();
  if (state === 'up') return <span className={classes.good}>{t('numbers.state_up')}</span>;
  return <Tag tone={state === 'down' ? 'bad' : state === 'degraded' ? 'warn' : undefined}>{t(`numbers.state_${state}`)}</Tag>;
}

/** Of a line: by what its first number in use does, and whether another can. */
export function lineState(states: readonly RouteState[]): RouteState {
  const used = states.filter((s) => s !== 'paused' && s !== 'waiting');
  if (used.length === 0) return states.includes('waiting') ? 'waiting' : states.length === 0 ? 'unknown' : 'paused';
  if (used.every((s) => s === 'down')) return 'down';
  return used[0] === 'up' || used[0] === 'unknown' ? used[0] : 'degraded';
}

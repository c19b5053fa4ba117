import type { Label } from '../../api/types.ts';
import classes from './labels.module.css';

/** A list's row has room for dots only; their names are told with the row. */
export function LabelDots({ labels }: { labels: readonly Label[] }) {
  return <>{labels.slice(0, 4).map((l) => <span key={l.id} className={classes.dot} data-colour={l.colour} title={l.name} aria-hidden />)}</>;
}

/** A label as a choice in a menu. */
export function LabelName({ label: l }: { label: Label }) {
  return <span className={classes.choice}><span className={classes.dot} data-colour={l.colour} aria-hidden />{l.name}</span>;
}

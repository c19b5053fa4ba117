import classes from './json-view.module.css';

/** Readable JSON. */
export function JsonView({ value }: { value: unknown }) {
  return <pre className={classes.json} tabIndex={0}>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>;
}

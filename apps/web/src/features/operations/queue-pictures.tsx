import own from './queues.module.css';

const WIDTH = 240;
const HEIGHT = 44;
const STEPS = 59;
/** Below this the picture would make mountains of single items. */
const LEAST_TOP = 5;

/** How many waited lately; the newest at the right. */
export function History({ values, label }: { values: readonly number[]; label: string }) {
  const top = Math.max(LEAST_TOP, ...values);
  const points = values.map((value, i) => `${(WIDTH - ((values.length - 1 - i) * WIDTH) / STEPS).toFixed(1)},${(HEIGHT - 2 - (value / top) * (HEIGHT - 6)).toFixed(1)}`);
  const from = points[0]?.split(',')[0] ?? '0';
  return (
    <svg className={own.history} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <line x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
      {points.length > 1 && <><polygon points={`${from},${HEIGHT - 1} ${points.join(' ')} ${WIDTH},${HEIGHT - 1}`} /><polyline points={points.join(' ')} /></>}
    </svg>
  );
}

/** What the work that is pending does, as parts of one bar. */
export function Shares({ parts }: { parts: readonly (readonly [what: string, count: number])[] }) {
  return <div className={own.shares} aria-hidden>{parts.map(([what, count]) => count > 0 && <span key={what} data-what={what} style={{ flexGrow: count }} />)}</div>;
}

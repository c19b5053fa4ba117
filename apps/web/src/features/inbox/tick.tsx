import type { Tick as TickName } from './status.ts';
import classes from './tick.module.css';

const ONE = 'M1.5 8.6 4.6 11.7 11 5';
const SECOND = 'M7.2 10.6 8.4 11.7 14.8 5';

/** The mark beside an outgoing message. Decorative: whoever shows it says the status in words too. */
export function Tick({ tick, className }: { tick: TickName; className?: string }) {
  const name = `${classes.tick} ${className ?? ''}`;
  const svg = (children: React.ReactNode) => (
    <svg className={name} data-tick={tick} width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden>{children}</svg>
  );
  switch (tick) {
    case 'none': return null;
    case 'clock': return svg(<><circle cx="8" cy="8" r="5.2" /><path d="M8 5v3.2l2 1.3" /></>);
    case 'one': return svg(<path d={ONE} transform="translate(2 0)" />);
    case 'two': case 'read': return svg(<><path d={ONE} /><path d={SECOND} /></>);
    case 'played': return svg(<><rect x="6" y="2.4" width="4" height="7" rx="2" /><path d="M3.8 7.6a4.2 4.2 0 0 0 8.4 0M8 11.8v1.9" /></>);
    case 'failed': return svg(<><circle cx="8" cy="8" r="5.6" /><path d="M8 5.2v3.4M8 10.8v.1" /></>);
    case 'unknown': return svg(<><circle cx="8" cy="8" r="5.6" /><path d="M6.5 6.6a1.6 1.6 0 1 1 2.2 1.5c-.5.2-.7.5-.7.9M8 11v.1" /></>);
  }
}

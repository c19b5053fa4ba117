import type { Schema } from '@centralita/sdk';
import { useEffect, useState } from 'react';

interface Figures {
  readonly pending: number;
  readonly completed: number;
}
/** The queues at one moment. */
export interface Sample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly webhook: Figures;
  readonly message: Figures;
}

/** As many as a picture shows. */
const KEPT = 60;

/** What was seen since the page was opened, oldest first. */
export function useSamples(stats: Schema<'QueueStats'> | undefined, at: number): readonly Sample[] {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (stats === undefined) return;
    const figures = ({ waiting, active, delayed, completed }: Schema<'QueueFigures'>): Figures => ({ pending: waiting + active + delayed, completed });
    setSamples((old) => (old.at(-1)?.at === at ? old : [...old, { at, webhook: figures(stats.webhook), message: figures(stats.message) }].slice(-KEPT)));
  }, [stats, at]);
  return samples;
}

import { IconUser } from '@tabler/icons-react';
import classes from './avatar.module.css';
import { hueOf, initials } from './format.ts';

/** Initials on a colour that always belongs to the same id. Decorative: the name stands beside it. */
export function Avatar({ id, name, size = 40 }: { id: string; name: string | null; size?: number }) {
  const letters = initials(name);
  return (
    <span className={classes.avatar} aria-hidden style={{ '--hue': hueOf(id), width: size, height: size, fontSize: Math.round(size * 0.37) } as React.CSSProperties}>
      {letters ?? <IconUser size={Math.round(size * 0.5)} stroke={1.75} />}
    </span>
  );
}

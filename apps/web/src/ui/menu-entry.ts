import type { ReactNode } from 'react';

/** A menu as data: its machinery is fetched when the first menu is opened, not before the first paint. */
export type MenuEntry =
  | { kind: 'item'; key: string; label: ReactNode; icon?: ReactNode; checked?: boolean; disabled?: boolean; keepOpen?: boolean; lang?: string; className?: string; onClick: () => void }
  | { kind: 'label'; key: string; label: ReactNode }
  | { kind: 'divider'; key: string }
  | { kind: 'custom'; key: string; node: (close: () => void) => ReactNode };

export interface MenuPlace {
  position: 'bottom-start' | 'bottom-end' | 'top-start';
  width: number;
}

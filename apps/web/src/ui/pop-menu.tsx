import { cloneElement, lazy, Suspense, useState, type HTMLAttributes, type ReactElement, type ReactNode } from 'react';

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

const load = () => import('./menu-box.tsx');
const MenuBox = lazy(() => load().then((m) => ({ default: m.MenuBox })));

export function PopMenu({ target, entries, place }: { target: ReactElement<HTMLAttributes<HTMLElement>>; entries: () => readonly MenuEntry[]; place: MenuPlace }) {
  const [open, setOpen] = useState(false);
  const button = cloneElement(target, {
    onClick: () => setOpen(!open),
    onPointerEnter: () => void load(),
    'aria-haspopup': 'menu',
    'aria-expanded': open,
  });
  if (!open) return button;
  return <Suspense fallback={button}><MenuBox target={button} entries={entries()} place={place} onClose={() => setOpen(false)} /></Suspense>;
}

import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { MenuEntry, MenuPlace } from './menu-entry.ts';

/** An open menu. */
export function MenuBox({ target, entries, place, onClose }: { target: ReactElement; entries: readonly MenuEntry[]; place: MenuPlace; onClose: () => void }) {
  return (
    <Menu opened onChange={(open) => !open && onClose()} onClose={onClose} position={place.position} width={place.width}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>{entries.map((entry) => <Entry key={entry.key} entry={entry} onClose={onClose} />)}</Menu.Dropdown>
    </Menu>
  );
}

function Entry({ entry: e, onClose }: { entry: MenuEntry; onClose: () => void }) {
  switch (e.kind) {
    case 'divider': return <Menu.Divider />;
    case 'label': return <Menu.Label>{e.label}</Menu.Label>;
    case 'custom': return e.node(onClose);
    case 'item':
      return (
        <Menu.Item
          onClick={e.onClick} leftSection={e.icon} disabled={e.disabled} closeMenuOnClick={!e.keepOpen} lang={e.lang} className={e.className} aria-current={e.checked ? 'true' : undefined}
          rightSection={e.checked ? <IconCheck size={15} aria-hidden /> : undefined}
        >
          {e.label}
        </Menu.Item>
      );
  }
}

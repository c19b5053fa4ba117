import { IconAlertTriangle, IconBell, IconInbox, IconRobot, IconUser, IconUserQuestion, type Icon } from '@tabler/icons-react';
import type { Filter } from '../../api/types.ts';

/** One mark per view, in the navigation and where the view is empty. */
export const FILTER_ICONS: Record<Filter, Icon> = { all: IconInbox, unread: IconBell, mine: IconUser, unassigned: IconUserQuestion, bot: IconRobot, troubled: IconAlertTriangle };

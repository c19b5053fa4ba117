import {
  IconAlertCircle, IconClipboardList, IconExternalLink, IconFile, IconHandClick, IconInfoCircle, IconListDetails, IconMapPin, IconMicrophone, IconMoodHeart, IconMusic, IconPencil, IconPhoto,
  IconShoppingBag, IconSticker, IconTemplate, IconTrash, IconUserSquare, IconVideo, type Icon,
} from '@tabler/icons-react';
import type { ContentType } from './thread/content.ts';

const ICONS: Record<ContentType, Icon | null> = {
  text: null, image: IconPhoto, video: IconVideo, audio: IconMicrophone, document: IconFile, sticker: IconSticker, location: IconMapPin, contacts: IconUserSquare, reaction: IconMoodHeart,
  buttons: null, list: IconListDetails, cta_url: IconExternalLink, template: IconTemplate, interactive: IconHandClick, button_reply: IconHandClick, list_reply: IconListDetails,
  template_button: IconHandClick, flow_reply: IconClipboardList, order: IconShoppingBag, system: IconInfoCircle, edit: IconPencil, revoke: IconTrash, welcome_request: IconInfoCircle,
  unsupported: IconAlertCircle, unknown: IconAlertCircle,
};

/** A small picture for a type; plain text needs none. */
export function TypeIcon({ type, size = 16, className, music }: { type: ContentType; size?: number; className?: string; music?: boolean }) {
  const Mark = music ? IconMusic : ICONS[type];
  return Mark ? <Mark size={size} stroke={1.75} className={className} aria-hidden /> : null;
}

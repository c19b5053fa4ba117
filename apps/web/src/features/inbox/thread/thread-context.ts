import { createContext, useContext } from 'react';
import type { Message } from '../../../api/types.ts';

/** What a message on screen can do, without passing it through every layer. */
export interface ThreadTools {
  me: string;
  locale: string;
  authorName: (message: Message) => string;
  reply: (message: Message) => void;
  goTo: (messageId: string) => void;
  openImage: (messageId: string) => void;
  /** An empty emoji takes the reaction back. */
  react: (message: Message, emoji: string) => void;
  resend: (message: Message) => Promise<void>;
  /** Whether the carrier's window lets anything be sent. */
  canWrite: boolean;
}

export const ThreadContext = createContext<ThreadTools | null>(null);

export function useThread(): ThreadTools {
  const tools = useContext(ThreadContext);
  if (!tools) throw new Error('useThread outside a thread');
  return tools;
}

export const NODE_TYPES = ['say', 'ask', 'branch', 'set', 'wait', 'call_http', 'publish_event', 'hand_over', 'go_to'] as const;
export type NodeType = (typeof NODE_TYPES)[number];

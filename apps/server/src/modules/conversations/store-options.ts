import { defineSql, type Tx } from '@centralita/platform/database';
import type { Content } from '../../messaging/index.ts';

/** Options asked longer ago, or so many messages ago, are not what a number in a message is about. */
const HOURS = 24;
const MESSAGES = 5;
const LAST = defineSql('options_last', `
  select c.id as conversation_id, m.content from unnest($1::uuid[]) as c(id) cross join lateral (
    select content from (select content, id from {c}.messages where conversation_id = c.id and direction = 'out' and at > now() - interval '${HOURS} hours' order by id desc limit ${MESSAGES}) l
     where content->>'type' in ('buttons', 'list') order by id desc limit 1) m`);

/** What each of these conversations was last offered to choose from, if that is not long ago. */
export const lastOptions = (tx: Tx, conversations: readonly string[]): Promise<{ conversation_id: string; content: Content }[]> => tx.query(LAST, [conversations]);

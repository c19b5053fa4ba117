import { z } from 'zod';
import { Option, type ContentOption } from '../content.ts';
import { plain } from '../words.ts';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const schema = z.strictObject({
  kind: z.literal('choice'),
  /** Options to choose among, besides those of the prompt's buttons or rows; `words`: other ways to say it. */
  options: z.array(Option.extend({ words: z.array(z.string().min(1)).optional() })).min(1).optional(),
});

/**
 * One of several options, stored as its id. An answer is the tapped option, its title, its number in the list (1, 2 …),
 * its id or one of its `words`, in any case and with or without accents:
 * `{"kind":"choice","options":[{"id":"si","title":"Sí","words":["ya","claro"]},{"id":"no","title":"No"}]}`
 */
export const choice = {
  kind: 'choice',
  schema,
  check(rule, answer, scope) {
    const own = rule.options ?? [];
    const options: (ContentOption & { words?: readonly string[] | undefined })[] = [
      ...scope.options.map((offered) => ({ ...offered, words: own.find((o) => o.id === offered.id)?.words })),
      ...own.filter((o) => !scope.options.some((offered) => offered.id === o.id)).map((o) => ({ ...o, title: scope.render(o.title) })),
    ];
    const tapped = answer.choice_id !== undefined && options.find((o) => o.id === answer.choice_id);
    if (tapped) return accepted(tapped.id);
    // A tap on an old message whose title says the same still counts: people tap what they see.
    const said = plain(answer.text);
    if (said === '') return refused;
    const byText = options.find((o) => plain(o.title) === said)
      ?? options.find((o) => o.words?.some((word) => plain(word) === said) || plain(o.id) === said);
    const found = byText ?? (/^\d{1,2}$/.test(said) ? options[Number(said) - 1] : undefined);
    return found ? accepted(found.id) : refused;
  },
  lint(rule, lint, path) {
    const seen = new Set<string>();
    rule.options?.forEach((option, i) => {
      lint.template([...path, 'options', i, 'title'], option.title, { required: true });
      if (seen.has(option.id)) lint.problem([...path, 'options', i, 'id'], 'duplicate', `two options have the id "${option.id}"; give each its own`);
      seen.add(option.id);
    });
  },
  cases: [
    { rule: { options: [{ id: 'si', title: 'Sí' }, { id: 'no', title: 'No' }] }, answer: 'SI', value: 'si' },
    { rule: { options: [{ id: 'a', title: 'Educación' }, { id: 'b', title: 'Tránsito' }] }, answer: 'transito.', value: 'b' },
    { rule: { options: [{ id: 'a', title: 'Educación' }, { id: 'b', title: 'Tránsito' }] }, answer: '2', value: 'b' },
    { rule: { options: [{ id: 'a', title: 'Educación' }, { id: 'b', title: 'Tránsito' }] }, answer: '3' },
    { rule: { options: [{ id: 'a', title: 'Educación' }] }, answer: '0' },
    { rule: { options: [{ id: '10', title: 'Diez' }, { id: '2', title: 'Dos' }] }, answer: '2', value: '2' },
    { rule: { options: [{ id: 'si', title: 'Sí', words: ['ya po', 'claro'] }] }, answer: '¡Claro!', value: 'si' },
    { rule: { options: [{ id: 'si', title: 'Sí' }] }, answer: { text: 'otra cosa', choice_id: 'si' }, value: 'si' },
    { rule: { options: [{ id: 'si', title: 'Sí' }] }, answer: { text: 'otra cosa', choice_id: 'vieja' } },
    { rule: { options: [{ id: 'si', title: 'Sí' }] }, answer: '👍' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;

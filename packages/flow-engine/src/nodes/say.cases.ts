import type { NodeCase } from '../node-case.ts';

export const cases: readonly NodeCase[] = [
  {
    name: 'says a text with the name of the contact and goes on',
    node: { type: 'say', content: { type: 'text', text: 'Hola {{ contact.name }}', preview_url: false }, next: 'yes' },
    contact: { name: 'Ana' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'say', content: { type: 'text', text: 'Hola Ana', preview_url: false } }, { type: 'say', node: 'yes' }, { type: 'session_completed' }],
  },
  {
    name: 'a name that nobody knows is empty',
    node: { type: 'say', content: { type: 'text', text: 'Hola{{ contact.name }}{{ vars.nada.menos }}!' } },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'say', content: { type: 'text', text: 'Hola!' } }, { type: 'session_completed' }],
  },
  {
    name: 'says an image, a location, a list',
    node: {
      type: 'say',
      content: {
        type: 'list', body: 'Elige', button: 'Ver', header: '{{ vars.vacio }}',
        sections: [{ rows: [{ id: 'a', title: 'Uno {{ n }}', description: 'El primero' }, { id: 'b', title: 'Dos' }] }],
      },
    },
    variables: { n: 1, vacio: '' },
    turns: [['hola']],
    status: 'completed',
    events: [
      { type: 'say', content: { type: 'list', body: 'Elige', button: 'Ver', sections: [{ rows: [{ id: 'a', title: 'Uno 1', description: 'El primero' }, { id: 'b', title: 'Dos' }] }] } },
      { type: 'session_completed' },
    ],
  },
  {
    name: 'sends a document by a link made of variables',
    node: { type: 'say', content: { type: 'document', media: { link: 'https://ejemplo.cl/{{ folio }}.pdf', filename: '{{ folio }}.pdf' }, caption: 'Folio {{ folio }}' } },
    variables: { folio: 'A1' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'say', content: { type: 'document', media: { link: 'https://ejemplo.cl/A1.pdf', filename: 'A1.pdf' }, caption: 'Folio A1' } }, { type: 'session_completed' }],
  },
  {
    name: 'a title that comes out too long is cut, and a second equal one told apart',
    node: { type: 'say', content: { type: 'buttons', body: 'Elige', buttons: [{ id: 'a', title: '{{ t }}' }, { id: 'b', title: '{{ t }}' }] } },
    variables: { t: 'Departamento de Tránsito' },
    turns: [['hola']],
    status: 'completed',
    events: [
      { type: 'warning', code: 'cut' }, { type: 'warning', code: 'cut' }, { type: 'warning', code: 'duplicate' },
      { type: 'say', content: { type: 'buttons', body: 'Elige', buttons: [{ id: 'a', title: 'Departamento de Trá…' }, { id: 'b', title: 'Departamento de T… 2' }] } },
      { type: 'session_completed' },
    ],
  },
  {
    name: 'a text that comes out empty is not sent',
    node: { type: 'say', content: { type: 'text', text: '{{ vacio }}' } },
    variables: { vacio: '' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'warning', code: 'empty' }, { type: 'session_completed' }],
  },
  {
    name: 'a template that asks for too much fails the session',
    node: { type: 'say', content: { type: 'text', text: '{% for i in (1..9000000) %}{{ i }}{% endfor %}' } },
    turns: [['hola']],
    status: 'failed',
    events: [{ type: 'session_failed', node: 'it', reason: 'template' }],
  },
  {
    name: 'or goes to on_error',
    node: { type: 'say', content: { type: 'text', text: '{% for i in (1..9000000) %}{{ i }}{% endfor %}' }, on_error: 'no' },
    turns: [['hola']],
    status: 'completed',
    events: [{ type: 'warning', node: 'it', code: 'template' }, { type: 'say', node: 'no' }, { type: 'session_completed' }],
  },
  {
    name: 'four buttons, long and equal titles are refused',
    node: { type: 'say', content: { type: 'buttons', body: '', buttons: [{ id: 'a', title: 'Más de veinte caracteres' }, { id: 'b', title: 'B' }, { id: 'b', title: 'C' }, { id: 'd', title: 'B' }] } },
    problems: [
      'empty at nodes.it.content.body', 'too_many at nodes.it.content.buttons', 'too_long at nodes.it.content.buttons[0].title',
      'duplicate at nodes.it.content.buttons[2].id', 'duplicate at nodes.it.content.buttons[3].title',
    ],
  },
  {
    name: 'a list with too many rows, nameless sections and long texts is refused',
    node: {
      type: 'say',
      content: {
        type: 'list', body: 'x', button: 'Un botón demasiado largo',
        sections: [
          { rows: Array.from({ length: 10 }, (_, i) => ({ id: `r${i}`, title: `Fila ${i}` })) },
          { title: 'Una sección con un título largo', rows: [{ id: 'z', title: 'Una fila con un título largo', description: 'd'.repeat(73) }] },
        ],
      },
    },
    problems: [
      'too_long at nodes.it.content.button', 'too_many at nodes.it.content.sections', 'missing at nodes.it.content.sections[0]',
      'too_long at nodes.it.content.sections[1].title', 'too_long at nodes.it.content.sections[1].rows[0].title',
      'too_long at nodes.it.content.sections[1].rows[0].description',
    ],
  },
  { name: 'a text of more than 4096 is refused', node: { type: 'say', content: { type: 'text', text: 'a'.repeat(4097) } }, problems: ['too_long at nodes.it.content.text'] },
  { name: 'broken Liquid is refused with its place', node: { type: 'say', content: { type: 'text', text: 'Hola\n {{ contact.name | upcas }}' } }, problems: ['liquid at nodes.it.content.text'] },
  { name: 'a secret in a text is refused', node: { type: 'say', content: { type: 'text', text: 'La clave es {{ secrets.CLAVE }}' } }, problems: ['secret at nodes.it.content.text'] },
  { name: 'media needs a link or an id', node: { type: 'say', content: { type: 'image', media: {} } }, problems: ['schema at nodes.it.content.media'] },
  { name: 'a caption on an audio is refused', node: { type: 'say', content: { type: 'audio', media: { link: 'ftp://x' }, caption: 'c' } }, problems: ['missing at nodes.it.content.media.link', 'useless at nodes.it.content.caption'] },
  { name: 'an unknown field is refused', node: { type: 'say', content: { type: 'text', text: 'x' }, nxt: 'yes' }, problems: ['schema at nodes.it'] },
];

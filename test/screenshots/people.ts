/** Who writes to the Municipalidad Demo in the pictures. The last of the list wrote last and stands first in the inbox. */
export interface Person {
  readonly phone: string;
  readonly name: string;
  /** How long ago, in minutes, the last message is shown. */
  readonly ago: number;
  /** What happens, in order. Texts of the company are written by whom `by` names. */
  readonly story: readonly Step[];
}
export type Step =
  | { readonly say: string }
  | { readonly tap: string }
  | { readonly photo: string }
  | { readonly file: string }
  | { readonly place: { readonly latitude: number; readonly longitude: number; readonly name: string; readonly address: string } }
  | { readonly by: 'carolina' | 'maria'; readonly write: string; readonly quoting?: string; readonly refused?: number }
  | { readonly by: 'carolina' | 'maria'; readonly does: 'take' | 'close' | 'read' }
  | { readonly react: string; readonly to: string };

const HOUR = 60;
const DAY = 24 * HOUR;

export const PEOPLE: readonly Person[] = [
  {
    phone: '56987120045', name: 'Luis Contreras', ago: 2 * DAY + 3 * HOUR,
    story: [{ say: 'Hola' }, { by: 'maria', does: 'take' }, { say: '¿Ya está lista mi licencia?' }, { by: 'maria', write: 'Sí, don Luis. Puede retirarla con su cédula en Av. Central 500.' }, { say: 'Gracias, voy mañana' }, { by: 'maria', does: 'read' }, { by: 'maria', does: 'close' }],
  },
  {
    phone: '56974410228', name: 'Constructora Los Andes', ago: DAY + 2 * HOUR,
    story: [{ say: 'Buenas tardes' }, { by: 'maria', does: 'take' }, { say: 'Adjunto el permiso de edificación firmado' }, { file: 'Permiso de edificación 1240.pdf' }, { by: 'maria', does: 'read' }],
  },
  {
    phone: '56958837716', name: 'Rosa Huenchul', ago: DAY + 22,
    story: [{ say: 'Hola, por la feria del sábado' }, { by: 'carolina', does: 'take' }, { by: 'carolina', write: 'Hola Rosa, su puesto quedó confirmado.', refused: 131026 }],
  },
  {
    phone: '56991257043', name: 'Jorge Valdés', ago: 2 * HOUR + 47,
    story: [{ say: 'Hola' }, { by: 'maria', does: 'take' }, { place: { latitude: -33.4531, longitude: -70.6612, name: 'Plaza Los Aromos', address: 'Los Aromos con Av. Central' } }, { by: 'maria', write: 'Recibido. Enviamos a un inspector esta tarde.' }, { say: 'Perfecto, quedo atento' }],
  },
  { phone: '56966034471', name: 'Camila Fuentes', ago: 64, story: [{ say: 'Buenos días' }, { tap: 'Hacer una consulta' }, { say: 'Camila Fuentes' }, { by: 'carolina', does: 'read' }] },
  { phone: '5491133334444', name: 'Carla Giménez', ago: 31, story: [{ say: 'Hola! Soy de Mendoza, puedo casarme allá?' }, { tap: 'Hacer una consulta' }, { by: 'carolina', does: 'read' }] },
  { phone: '56922222222', name: 'Benito Soto', ago: 18, story: [{ say: 'hola' }, { tap: 'Hacer una consulta' }, { say: 'Benito Soto' }, { say: '12.345.678-5' }, { by: 'carolina', does: 'read' }] },
  { phone: '56979905512', name: 'Patricia Muñoz', ago: 6, story: [{ say: 'Hola' }, { tap: 'Hablar con alguien' }, { say: '¿Hay alguien? Es por el agua' }] },
  {
    phone: '56961234567', name: 'Ana Rojas', ago: 1,
    story: [
      { say: 'Hola, buenos días' }, { by: 'carolina', does: 'take' },
      { by: 'carolina', write: 'Hola Ana, le saluda Carolina, de Atención Ciudadana. ¿En qué le ayudo?' },
      { photo: 'La luminaria frente a mi casa lleva tres noches apagada' },
      { say: 'Los Aromos 1240, esquina Av. Central' },
      { by: 'carolina', write: 'Quedó registrado con el número *48213*. Una cuadrilla pasa mañana entre las *9:00* y las *13:00*.', quoting: 'Los Aromos 1240' },
      { react: '🙏', to: 'Quedó registrado' },
      { say: '¡Qué rápido! Muchas gracias' }, { by: 'carolina', does: 'read' },
    ],
  },
];

/** What the customer photographed: a street at night with a lamp that is out. */
export const PHOTO = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="440" viewBox="0 0 640 440">
<defs><linearGradient id="s"><stop stop-color="#1c2c4b"/></linearGradient>
<radialGradient id="g"><stop offset="0" stop-color="#ffd98a" stop-opacity=".9"/><stop offset="1" stop-color="#ffd98a" stop-opacity="0"/></radialGradient></defs>
<rect width="640" height="440" fill="url(#s)"/><circle cx="92" cy="70" r="22" fill="#f4efdc"/><circle cx="101" cy="64" r="20" fill="#13233f"/>
<g fill="#f4efdc"><circle cx="220" cy="50" r="1.6"/><circle cx="310" cy="96" r="1.4"/><circle cx="390" cy="36" r="1.8"/><circle cx="560" cy="70" r="1.5"/><circle cx="480" cy="120" r="1.3"/><circle cx="160" cy="130" r="1.3"/></g>
<path d="M0 300V214h64v-30h70v44h58v-60h92v76h44v-28h66v30h52v-70h74v56h60v-22h60v90z" fill="#111c30"/>
<g fill="#e8b85b"><rect x="22" y="236" width="12" height="16"/><rect x="88" y="206" width="12" height="16"/><rect x="212" y="190" width="12" height="16"/><rect x="244" y="218" width="12" height="16"/><rect x="472" y="196" width="12" height="16"/><rect x="590" y="232" width="12" height="16"/></g>
<rect y="296" width="640" height="144" fill="#1b2434"/><path d="M0 330h640" stroke="#2c394f" stroke-width="10"/><path d="M20 392h90m60 0h90m60 0h90m60 0h90m60 0h90" stroke="#8f97a6" stroke-width="5"/>
<circle cx="560" cy="180" r="110" fill="url(#g)"/><path d="M540 336V176q0-22 20-22h14" fill="none" stroke="#080d17" stroke-width="9"/><path d="M562 148h30l6 14h-40z" fill="#ffe3a3"/>
<path d="M300 348V120q0-30 30-30h34" fill="none" stroke="#05080f" stroke-width="13"/><path d="M352 80h52l10 22h-70z" fill="#2a3342"/><path d="M352 102h54l-4 10h-46z" fill="#454f60"/>
</svg>`;

/**
 * WhatsApp's limits, in characters or items (Meta Cloud API, messages: text, media, interactive objects).
 * Texts that are static are checked when a flow is parsed; rendered texts are cut to fit with a warning.
 */
export const WHATSAPP = {
  text: 4096,
  caption: 1024,
  body: 1024,
  list_body: 4096,
  header: 60,
  footer: 60,
  buttons: 3,
  button_id: 256,
  button_title: 20,
  list_button: 20,
  list_rows: 10,
  section_title: 24,
  row_id: 200,
  row_title: 24,
  row_description: 72,
} as const;

/** The engine's own limits. */
export const LIMITS = {
  /** Nodes entered between two inputs of a person (or timers) before the session fails as a loop. */
  steps: 100,
  /** All variables of a session as JSON, in characters. */
  variables: 65_536,
  /** Text of an input kept for templates, in characters. */
  input_text: 4096,
  /** Source of one template or expression, in characters. */
  source: 16_384,
  /** Nodes of a flow. */
  nodes: 2_000,
  /** Longest wait or timeout, in seconds: a year. */
  seconds: 31_536_000,
  /** Data of a published event as JSON, in characters. */
  event: 65_536,
  /** Longest HTTP call, in milliseconds. */
  call_ms: 30_000,
} as const;

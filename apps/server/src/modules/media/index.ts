export { noteInboundMedia } from './note-inbound-media.ts';
export { uploadFor } from './upload-media.ts';
export { type NewMedia } from './store.ts';

export { errors as mediaErrors } from './errors.ts';
export { eraseFiles } from './erase-files.ts';
export { receiveUpload, type Upload, type Uploaded } from './receive-upload.ts';
export { noteInboundMedia } from './note-inbound-media.ts';
export { uploadFor, type Handover } from './upload-media.ts';
export { mediaFiles, type MediaFile, type NewMedia } from './store.ts';

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = 'http://127.0.0.1:8080';

/** Smaller than this a compressed copy saves no packet. */
const WORTH_BYTES = 1024;

/** Compressed copies beside the files, made once with the best settings: the server hands them out without any work. */
function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|svg|html)$/.test(name)) continue;
        const path = join(folder, name);
        const bytes = readFileSync(path);
        if (bytes.length < WORTH_BYTES) continue;
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
      }
    },
  };
}

/** Small, and needed before the first conversation shows. */
const SHARED = /src\/ui\/(avatar|blank|json-view|logo|pop-menu|use-now)\.|src\/api\/(client|media-url|query-client|runtime|store)\.ts|\/(ActionIcon|CloseButton|Kbd|TextInput)\//;

/** Icons that the inbox shares with other pages: one file instead of a dozen of 200 bytes each. */
const ICONS = /icons-react\/.*\/Icon(ArrowUp|Check|ChevronRight|Copy|ListDetails|Lock|Menu2|Pencil|Refresh|Template|Trash|Webhook)\./;

export default defineConfig({
  plugins: [react(), precompress()],
  build: {
    target: 'es2022',
    // The budget of first paint is measured from the manifest (test/browser/pages.test.ts).
    manifest: true,
    // What the inbox and the other pages share is fetched with the inbox in any case: as one file it costs 8 kB less than as twenty.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', test: SHARED }, { name: 'icons', test: ICONS }] } } },
    // The content security policy allows no data: URIs outside images; separate files are cached for ever anyway.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/api': { target: server },
      '/socket.io': { target: server, ws: true },
    },
  },
});

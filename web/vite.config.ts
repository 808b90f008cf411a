import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The build is committed: no dates, no maps, names by content, the same bytes on every machine.
export default defineConfig({
  plugins: [svelte()],
  base: './',
  publicDir: false,
  build: {
    outDir: '../src/pincel/studio/static',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
  },
});

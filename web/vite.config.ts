/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the page is built: relative addresses, so that okrug can serve it under any prefix, and nothing inlined,
 * because the server's content policy allows only files of its own origin. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});

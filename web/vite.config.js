/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the page is built: relative addresses, so that okrug can serve it under any prefix; nothing inlined, because the
 * server's content policy allows only files of its own origin; and the licences of what is bundled beside it. */
import { existsSync, readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Everything whose code or fonts end up in the bundle. */
const BUNDLED = [
  'svelte', 'd3-geo', 'd3-array', 'internmap', 'd3-delaunay', 'delaunator', 'robust-predicates', '@fontsource/pt-sans',
];

function licences() {
  return {
    name: 'licences',
    generateBundle() {
      const parts = BUNDLED.map((name) => {
        const folder = new URL(`node_modules/${name}/`, import.meta.url);
        const { version, license } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
        const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt'].map((one) => new URL(one, folder)).find((url) => existsSync(url));
        return `${name} ${version} (${license})\n\n${file ? readFileSync(file, 'utf8').trim() : ''}\n`;
      });
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: parts.join('\n----\n\n') });
    },
  };
}

/** Texts of the command line, which the page never says, are left out of its catalogues. */
const ELSEWHERE = ['cli', 'help', 'html', 'check', 'text', 'understood'];

function pageTexts() {
  return {
    name: 'page-texts',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!/\/i18n\/(en|ru)\.json$/.test(id)) return null;
      const kept = Object.entries(JSON.parse(code)).filter(([key]) => !ELSEWHERE.includes(key.split('.')[0]));
      return { code: JSON.stringify(Object.fromEntries(kept)), map: null };
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [svelte(), pageTexts(), licences()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});

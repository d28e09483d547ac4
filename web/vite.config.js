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
const ELSEWHERE = ['cli', 'help', 'html', 'check', 'text', 'understood', 'report', 'pack', 'districts', 'xlsx'];
/** Texts of what is asked for and of what goes wrong: they come once the answer stands. */
const LATER = ['message', 'parameter', 'choice', 'analysis', 'subject', 'task', 'registry', 'grain', 'no-grain', 'confidence'];
/** And those of the page's own parts that come by themselves. */
const OF_LATER_PARTS = /^web\.(?:application|duplicates|firms|found|registry|record|history|status|value|import\.(?:role|kind|kind_about|about|said))\./;
const PART = /\/i18n\/(en|ru)\.json\?part=(first|more)$/;

function pageTexts() {
  return {
    name: 'page-texts',
    enforce: 'pre',
    transform(code, id) {
      const part = PART.exec(id)?.[2];
      if (part === undefined) return null;
      const kept = Object.entries(JSON.parse(code)).filter(([key]) => {
        const group = key.split('.')[0];
        return !ELSEWHERE.includes(group) && (LATER.includes(group) || OF_LATER_PARTS.test(key)) === (part === 'more');
      });
      return { code: `export default ${JSON.stringify(Object.fromEntries(kept))}`, moduleType: 'js', map: null };
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
    rollupOptions: {
      output: {
        chunkFileNames: ({ facadeModuleId }) => `assets/${PART.exec(facadeModuleId ?? '')?.slice(1).join('-') ?? '[name]'}-[hash].js`,
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});

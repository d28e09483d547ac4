/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stories told to a real browser: Debian's Chromium, driven by Playwright, on a server of the test's own. Every story fails
 * where the page asks for anything outside that server, breaks its content policy, or writes an error to the console.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { okrugDone, root, shared } from './okrug.mjs';
import { serve } from './server.mjs';

const modules = createRequire(join(root, 'web/package.json'));
const { chromium } = modules('playwright-core');
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const executablePath = process.env.OKRUG_CHROMIUM ?? '/usr/bin/chromium';

export const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  narrow: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
};

/* Boundaries are not shipped with the example; where the shared data are at hand they are imported under these names. */
export const boundaryFiles = shared && {
  boundaries: [join(shared, 'ru_kaluga_municipal/kaluga_boundaries_simplified.geojson'), 'region=oktmo8'],
  'region-boundaries': [join(shared, 'ru_municipal_national/ru_regions_85_simplified.geojson'), 'region=region_name'],
};

export async function importBoundaries(workspace, cwd) {
  for (const [name, [file, map]] of Object.entries(boundaryFiles)) {
    await okrugDone(['import', workspace, 'boundaries', file, '--map', map, '--name', name], { cwd });
  }
}

/* The workspace of examples/kaluga, a server on it and a browser, for all stories of a file. `prepare` may change the
 * workspace before it is served; `study` is another study file, `false` leaves the workspace empty; `files` are written beside
 * it, `env` is the server's. Gives `story(name, options, tell)`. */
export function stage({ prepare, study = join(root, 'examples/kaluga/study.yaml'), files = {}, env = {} } = {}) {
  let cwd;
  let server;
  let browser;
  before(async () => {
    assert.ok(existsSync(executablePath), `there is no ${executablePath}: install Debian's package chromium`);
    cwd = mkdtempSync(join(tmpdir(), 'okrug-browser-'));
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(cwd, name), content);
    }
    await okrugDone(study ? ['study', 'run', study, '--workspace', 'w.okrug'] : ['init', 'w.okrug'], { cwd });
    await prepare?.('w.okrug', cwd);
    server = await serve('w.okrug', { cwd, env, timeout: 1200000 });
    /* Chromium refuses its own sandbox to root, as in a container; the pages are ours. */
    browser = await chromium.launch({ executablePath, args: process.getuid() === 0 ? ['--no-sandbox'] : [], env: { ...process.env, HOME: cwd } });
  });
  after(async () => {
    await browser?.close();
    server?.child.kill('SIGINT');
    await server?.child.finished;
    if (cwd) {
      rmSync(cwd, { recursive: true, force: true });
    }
  });

  /* options: size, lang, scheme, media (more of a context's options), path (query and fragment), skip, faults (console errors
   * that the story is about). tell(page, {origin, context, server, restart, cwd}). */
  function story(name, options, tell) {
    test(name, { skip: options.skip ?? false, timeout: 180000 }, async () => {
      const { size = 'desktop', lang = 'en', scheme = 'light', media = {}, path = '', allow = /^$/ } = options;
      const origin = `http://127.0.0.1:${server.port}`;
      const context = await browser.newContext({ ...sizes[size], locale: lang === 'ru' ? 'ru-RU' : 'en-GB', colorScheme: scheme,
        acceptDownloads: true, ...media });
      const faults = [];
      try {
        await context.route('**/*', (route) => {
          const url = route.request().url();
          if (new URL(url).origin === origin || url.startsWith('blob:') || url.startsWith('data:')) {
            return route.continue();
          }
          faults.push(`a request left the server: ${url}`);
          return route.abort();
        });
        context.on('console', (said) => {
          if (['error', 'warning'].includes(said.type()) && !allow.test(said.text())) {
            faults.push(`console ${said.type()}: ${said.text()}`);
          }
        });
        context.on('weberror', (fault) => faults.push(`error in the page: ${fault.error().stack}`));
        await context.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) =>
          console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`)));
        const page = await context.newPage();
        page.setDefaultTimeout(30000);
        const query = new URLSearchParams(path.split('#')[0]);
        query.set('lang', lang);
        await page.goto(`${origin}/?${query}${path.includes('#') ? path.slice(path.indexOf('#')) : ''}`);
        /* The server is killed, if it was not, and another one takes its place on the same port. */
        const restart = async () => {
          await server.stop('SIGKILL');
          server = await serve('w.okrug', { cwd, env, at: server.port, timeout: 1200000 });
          return server;
        };
        await tell(page, { origin, context, server, restart, cwd });
        assert.deepEqual(faults, []);
      } finally {
        await context.close();
      }
    });
  }
  return story;
}

/* Everything that axe-core knows of the page as it stands, best practices included; nothing may be left. The letters on a map
 * are left out: axe takes areas for rectangles, and so a neighbour's colour for the ground of a name; `letters on every fill`
 * in reach.test.mjs measures them. They repeat what the areas say, which stay in. */
export async function accessible(page, where) {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe);
  }
  /* What is half faded in has less contrast than it will have. */
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  const { violations, passes } = await page.evaluate(() => window.axe.run({ exclude: ['.map .letters'] }, { resultTypes: ['violations'] }));
  assert.ok(passes.length > 10, `${where}: axe looked at too little`);
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 4).map((node) => `${where}: ${id}: ${help}: ${node.target.join(' ')} ${node.any.map((one) => one.message).join('; ')}`));
  assert.deepEqual(told, []);
}

/* What sticks out of the window to the right, other than inside something that scrolls by itself. */
const sticksOut = () => {
  const wide = document.documentElement.clientWidth;
  const scrolls = (node) => node !== null && node !== document.body && (['auto', 'scroll'].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const inScroller = (node) => scrolls(node.parentElement) || node.closest('.hidden, .skip') !== null;
  const out = [...document.body.querySelectorAll('*')].filter((node) => !inScroller(node) && !node.closest('svg')?.parentElement?.closest('svg') &&
    node.getBoundingClientRect().right > wide + 1 && !(node instanceof SVGElement && !(node instanceof SVGSVGElement)));
  return { page: document.documentElement.scrollWidth - wide, out: out.slice(0, 5).map((node) => `${node.tagName} ${node.className} ${node.textContent.slice(0, 40)}`) };
};

/* Nothing but tables is wider than the window. */
export async function fits(page, where) {
  assert.deepEqual(await page.evaluate(sticksOut), { page: 0, out: [] }, where);
}

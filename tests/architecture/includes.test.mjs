/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The house: every file that the compiler saw includes only what its room may (tests/support/house.mjs has the table).
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { before, test } from 'node:test';

import { roomOf, rooms, shown, violations } from '../support/house.mjs';
import { program, root, start } from '../support/okrug.mjs';
import { callsOf, literalsIn, sources, withoutComments } from '../support/source.mjs';

let compiled;

/* Ninja keeps what the compiler said each object was made of. */
before(async () => {
  const { code, stdout, stderr } = await start('ninja', ['-C', dirname(program), '-t', 'deps']).finished;
  assert.equal(code, 0, stderr);
  const files = [...new Set(stdout.split('\n').filter((line) => /^ {4}\S/.test(line)).map((line) => line.trim()))]
    .map((path) => relative(root, resolve(dirname(program), path)))
    .filter((file) => /^(src|include|tests|bench)\//.test(file) && existsSync(join(root, file)));
  compiled = files.sort().map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
});

test('the compiler saw every room, and every source was compiled', () => {
  const seen = new Set(compiled.map(({ file }) => file));
  assert.deepEqual(Object.keys(rooms).filter((room) => !compiled.some(({ file }) => roomOf(file) === room)), []);
  const unseen = sources(['src', 'include']).map(({ file }) => file).filter((file) => !seen.has(file));
  assert.deepEqual(unseen, []);
});

test('every header that a room shows is there', () => {
  for (const name of Object.values(shown).flat()) {
    assert.ok(existsSync(join(root, name.startsWith('okrug/') ? 'include' : 'src', name)), name);
  }
});

test('no file includes what its room may not', () => {
  assert.deepEqual(violations(compiled), []);
});

test('data flows one way: no room can reach itself', () => {
  const reach = (room, seen = new Set()) => {
    for (const next of rooms[room].filter((name) => !seen.has(name))) {
      reach(next, seen.add(next));
    }
    return seen;
  };
  assert.deepEqual(Object.keys(rooms).filter((room) => reach(room).has(room)), []);
});

/* ---- This test can fail ---- */

const planted = [
  ['a kernel that reads files', 'src/kernels/complexity/a.c', '#include "sources/sources.h"'],
  ['a kernel that sees datasets', 'src/kernels/complexity/a.c', '#include <okrug/dataset.h>'],
  ['an analysis that stores', 'src/analyses/complexity.c', '#include "store/store.h"'],
  ['an analysis that sees matrices', 'src/analyses/complexity.c', '#include <okrug/linalg.h>'],
  ['an analysis that knows another', 'src/analyses/complexity.c', 'extern const okrug_analysis okrug_analysis_linkages;'],
  ['the command line that knows the server', 'src/cli/commands.c', '#include "api/api.h"'],
  ['the server that knows the command line', 'src/api/routes.c', '#include "cli/cli.h"'],
  ['the server that goes past the engine', 'src/api/routes.c', '#include "store/store.h"'],
  ['the engine that looks into the store', 'src/engine/run.c', '#include "store/sqlite.h"'],
  ['a room that looks into base', 'src/store/store.c', '#include "base/context_private.h"'],
  ['base that looks up', 'src/base/json.c', '# include <okrug/dataset.h>'],
  ['SQL outside the store', 'src/engine/run.c', '#include <sqlite3.h>'],
  ['BLAS outside its door', 'src/kernels/inputoutput/leontief.c', '#  include <cblas.h>'],
  ['YAML in another file of the engine', 'src/engine/study.c', '#include <libfyaml.h>'],
  ['HTTP in the command line', 'src/cli/commands.c', '#include <microhttpd.h>'],
  ['a library nobody decided on', 'src/sources/csv.c', '#include <curl/curl.h>'],
  ['a bench that looks inside', 'bench/bench_complexity.c', '#include "analyses/analysis.h"'],
  ['a test that looks into another room', 'tests/unit/writers/test_csv.c', '#include "store/sqlite.h"'],
  ['a room that is not in the table', 'src/cellar/wine.c', ''],
];
const linkages = { file: 'src/analyses/linkages.c', text: 'const okrug_analysis okrug_analysis_linkages = {0};' };

for (const [what, file, text] of planted) {
  test(`sees ${what}`, () => {
    const faults = violations([linkages, { file, text: `/* a comment */\n${text}\n` }]);
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.ok(faults[0].startsWith(file), faults[0]);
  });
}

test('does not see comments, and lets through what is allowed', () => {
  assert.deepEqual(violations([
    { file: 'src/kernels/complexity/a.c', text: '/*\n#include <sqlite3.h>\n*/\n#include <math.h>\n#include <okrug/linalg.h>\n' },
    { file: 'src/engine/yaml.c', text: '#include <libfyaml.h>\n#include "engine/yaml.h"\n' },
    { file: 'src/main/main.c', text: '#include "api/api.h"\n#include "cli/cli.h"\n' },
  ]), []);
});

test('sources are read as C', () => {
  assert.equal(withoutComments('a /* "b" */ "/* c */" // d\ne').replace(/ +/g, ' '), 'a "/* c */" \ne');
  assert.deepEqual(callsOf('f', 'x = f(a, g(b, c), "d, \\"e)", \'(\');\nff(1);')[0],
    { line: 1, args: ['a', 'g(b, c)', '"d, \\"e)"', "'('"] });
  assert.deepEqual(literalsIn('x ? "a-b" : "c"'), ['a-b', 'c']);
});

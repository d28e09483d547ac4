/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rooms of the house and what each may include: the table that tests/architecture holds every source to.
 */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { root } from './okrug.mjs';
import { withoutComments } from './source.mjs';

/* Room: the rooms whose headers it may include directly. Every room may include base, and itself. */
export const rooms = {
  base: [],
  linalg: [],
  graph: [],
  geo: [],
  distributions: [],
  optimise: [],
  dataset: [],
  kernels: ['linalg', 'graph', 'distributions', 'optimise'],
  analyses: ['dataset', 'kernels', 'geo', 'distributions'],
  sources: ['dataset'],
  drawing: [],
  writers: ['dataset', 'drawing'],
  store: ['dataset'],
  engine: ['analyses', 'sources', 'writers', 'drawing', 'store', 'dataset', 'linalg'],
  platform: ['engine', 'writers', 'store', 'dataset'],
  api: ['engine', 'platform'],
  generator: [],
  cli: ['engine', 'platform', 'generator'],
  main: ['api', 'cli', 'engine'],
};

/* What a room shows to others; all its other headers are its own. Public headers: include/okrug/NAME.h. */
export const shown = {
  base: ['okrug/status.h', 'okrug/context.h', 'okrug/text.h', 'okrug/number.h', 'okrug/style.h', 'okrug/numeric.h', 'okrug/catalogue.h',
    'okrug/hash.h', 'okrug/fold.h', 'okrug/chunk.h', 'okrug/secret.h', 'okrug/library.h'],
  linalg: ['okrug/linalg.h'],
  graph: ['okrug/graph.h'],
  geo: ['okrug/geo.h'],
  distributions: ['okrug/distributions.h'],
  optimise: ['okrug/optimise.h'],
  dataset: ['okrug/dataset.h', 'okrug/role.h', 'okrug/dated.h', 'dataset/wkb.h'],
  kernels: ['okrug/clusters.h', 'okrug/concentration.h', 'okrug/complexity.h',
    'okrug/logit.h', 'okrug/inputoutput.h', 'okrug/balance.h', 'okrug/disparity.h', 'okrug/shift_share.h',
    'okrug/market_share.h', 'okrug/support.h',
    'okrug/withheld.h', 'okrug/plants.h', 'okrug/points.h', 'okrug/point_cells.h', 'okrug/spatial.h', 'okrug/territory.h', 'okrug/regression.h', 'okrug/transitions.h',
    'okrug/convergence.h', 'okrug/indicators.h',
    'okrug/supply_use.h', 'okrug/supply_use_update.h',
    'okrug/propagation.h',
    'okrug/interregional.h', 'okrug/principles.h', 'okrug/repair.h', 'okrug/rules.h'],
  analyses: ['analyses/analysis.h', 'analyses/list.h'],
  sources: ['sources/sources.h', 'sources/register.h'],
  drawing: ['drawing/drawing.h', 'drawing/figures.h'],
  writers: ['writers/writers.h', 'writers/report.h'],
  store: ['store/store.h', 'store/jobs.h', 'store/rows.h'],
  engine: ['engine/engine.h', 'engine/rows.h', 'engine/report_make.h'],
  platform: ['platform/registry.h', 'platform/reports.h'],
  api: ['api/api.h'],
  generator: ['generator/generator.h'],
  cli: ['cli/cli.h'],
  main: [],
};

/* Foreign libraries: the one place (rooms or files) that sees each. */
export const doors = [
  [/^(cblas|lapack|openblas_config)\.h$/, ['linalg']],
  [/^lemon\//, ['src/graph/flow.cpp']],
  [/^igraph\.h$/, ['src/graph/leiden.c']],
  [/^geos_c\.h$/, ['geo']],
  [/^gsl\//, ['distributions']],
  [/^glpk\.h$/, ['optimise']],
  [/^jansson\.h$/, ['base', 'sources', 'writers', 'src/api/body.c']],
  [/^sodium(\/|\.h$)/, ['base']],
  [/^zip\.h$/, ['src/sources/zip.c', 'src/generator/zip.c', 'src/writers/zip.c']],
  [/^expat\.h$/, ['src/sources/xml.c']],
  [/^(csv|zlib|lzma)\.h$|^unicode\//, ['sources']],
  [/^cairo(-pdf)?\.h$|^pango\//, ['drawing']],
  [/^xlsxwriter\.h$/, ['src/writers/xlsx_book.h']],
  [/^sqlite3\.h$/, ['store']],
  [/^libfyaml\.h$/, ['src/engine/yaml.c']],
  [/^microhttpd\.h$/, ['api']],
  [/^Random123\//, ['base']],
  [/^immintrin\.h$/, ['src/kernels/complexity/bit_pairs.c']], /* an instruction that counts the ones of eight words */
  [/^sanitizer\//, ['src/base/scratch.c']], /* tells AddressSanitizer what is free in the arena */
];

const standard = new Set(['assert', 'complex', 'ctype', 'errno', 'fenv', 'float', 'inttypes', 'limits', 'locale', 'math',
  'setjmp', 'signal', 'stdalign', 'stdarg', 'stdatomic', 'stdbool', 'stddef', 'stdint', 'stdio', 'stdlib', 'string',
  'strings', 'time', 'dirent', 'dlfcn', 'fcntl', 'pthread', 'sched', 'unistd', 'arpa/inet', 'sys/mman', 'sys/resource', 'sys/socket',
  'sys/stat',
  'sys/types', 'sys/wait'].map((name) => `${name}.h`).concat('charconv', 'cmath', 'cstdint', 'cstring', 'exception', 'new', 'system_error', 'vector'));
const testing = /^cmocka\.h$/;

/* The room of a file of the repository: a room's name, "tests/ROOM" for what tests one, "tests" for what they share,
 * "bench"; null for what is none of these. */
export function roomOf(file) {
  const [top, second, third] = file.split('/');
  if (top === 'src' && second in rooms) {
    return second;
  }
  if (top === 'include') {
    return Object.keys(shown).find((room) => shown[room].includes(file.slice('include/'.length))) ?? null;
  }
  if (top === 'tests') {
    return ['unit', 'property', 'alloc'].includes(second) && third in rooms ? `tests/${third}` : 'tests';
  }
  return top === 'bench' ? 'bench' : null;
}

/* The file that an #include names, as the compiler finds it (beside the file, src, include, tests/support); null: none
 * of the repository's. */
function resolveInclude(file, name, quoted, exists) {
  const places = [...(quoted ? [dirname(file)] : []), 'src', 'include', 'tests/support', 'bench'];
  return places.map((place) => normalize(join(place, name))).find(exists) ?? null;
}

function mayInclude(file, target) {
  const from = roomOf(file);
  const to = roomOf(target);
  const name = target.replace(/^(src|include)\//, '');
  if (from === to || from === 'tests' || (from?.startsWith('tests/') && to === 'tests')) {
    return true;
  }
  if (from === 'bench') {
    return target.startsWith('include/');
  }
  const own = from?.startsWith('tests/') ? from.slice('tests/'.length) : from;
  if (own !== from && (to === own || to === 'base')) {
    return true; /* a test sees inside the room that it tests, and inside base */
  }
  return (to === 'base' || rooms[own]?.includes(to)) && shown[to].includes(name);
}

function foreignIsAllowed(file, name) {
  if (standard.has(name)) {
    return true;
  }
  const room = roomOf(file);
  const door = doors.find(([pattern]) => pattern.test(name));
  if (room === 'tests' || room?.startsWith('tests/') || room === 'bench') {
    return testing.test(name) || door !== undefined; /* tests look at what a room wrote with the library it used */
  }
  return door !== undefined && (door[1].includes(room) || door[1].includes(file));
}

/* Everything in those files ({file, text}) that the table does not allow, as sentences. */
export function violations(files, exists = (file) => existsSync(join(root, file))) {
  const faults = [];
  const analyses = files.filter(({ file }) => file.startsWith('src/analyses/'))
    .flatMap(({ text }) => [...withoutComments(text).matchAll(/^const okrug_analysis okrug_analysis_(\w+)/gm)].map((m) => m[1]));
  for (const { file, text } of files) {
    const code = withoutComments(text);
    if (roomOf(file) === null) {
      faults.push(`${file} is in no room`);
    }
    for (const [, open, name] of code.matchAll(/^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]/gm)) {
      const target = resolveInclude(file, name, open === '"', exists);
      if (target === null ? !foreignIsAllowed(file, name) : !mayInclude(file, target)) {
        faults.push(`${file} includes ${target ?? name}`);
      }
    }
    const own = /^src\/analyses\/(\w+)\.c$/.exec(file)?.[1];
    for (const other of own && own !== 'registry' ? analyses.filter((id) => id !== own) : []) {
      if (new RegExp(`\\bokrug_analysis_${other}\\b|#include "analyses/${other}\\.h"`).test(code)) {
        faults.push(`${file} knows the analysis ${other}`);
      }
    }
  }
  return faults;
}

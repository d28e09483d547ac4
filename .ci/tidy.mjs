/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * clang-tidy over the files named on the command line, as many at a time as there are processors. What passed is remembered
 * in build/tidy by a hash of all that the answer hangs on (the file, what it includes, how it is compiled, the checks), and
 * not looked at again until one of them changes.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';

const build = 'build/release';
const kept = 'build/tidy';
const files = process.argv.slice(2);
const commands = new Map(JSON.parse(readFileSync(`${build}/compile_commands.json`, 'utf8'))
  .map(({ directory, file, command }) => [resolve(directory, file), command]));

/* What each object was made of, as ninja knows it from the compiler. */
const dependencies = new Map();
let list;
for (const line of execFileSync('ninja', ['-C', build, '-t', 'deps'], { encoding: 'utf8', maxBuffer: 2 ** 28 }).split('\n')) {
  if (line.startsWith('    ')) {
    list.push(resolve(build, line.trim()));
    dependencies.set(list[0], list); /* the first is the source */
  } else {
    list = [];
  }
}

const sums = new Map();
function sumOf(file) {
  if (!sums.has(file)) {
    sums.set(file, createHash('sha256').update(readFileSync(file)).digest('hex'));
  }
  return sums.get(file);
}

const checks = [execFileSync('clang-tidy', ['--version'], { encoding: 'utf8' }), sumOf('.clang-tidy')];
function keyOf(file) {
  const path = resolve(file);
  if (!commands.has(path) || !dependencies.has(path)) {
    throw new Error(`${file} is not built in ${build}`);
  }
  const hash = createHash('sha256');
  [...checks, commands.get(path), ...dependencies.get(path).map((name) => `${name} ${sumOf(name)}`)]
    .forEach((part) => hash.update(`${part}\n`));
  return hash.digest('hex');
}

mkdirSync(kept, { recursive: true });
const before = new Set(readdirSync(kept));
const all = files.map((file) => ({ file, key: keyOf(file), size: statSync(file).size }));
const now = new Set(all.map(({ key }) => key));
[...before].filter((key) => !now.has(key)).forEach((key) => rmSync(`${kept}/${key}`));
const waiting = all.filter(({ key }) => !before.has(key)).sort((a, b) => b.size - a.size);
console.error(`${files.length} files, ${waiting.length} of them new or changed`);

async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { file, key } = next;
    const child = spawn('clang-tidy', ['--quiet', '-p', build, file], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (bytes) => { said += bytes; });
    const code = await new Promise((done, fail) => child.on('close', done).on('error', fail));
    if (code === 0) {
      writeFileSync(`${kept}/${key}`, `${file}\n`);
    } else {
      console.error(said === '' ? `clang-tidy ended with ${code} at ${file}` : said);
      process.exitCode = 1;
    }
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wrong usage: exit code 2, nothing on stdout, and words that help.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { folder, okrug, okrugDone } from '../support/okrug.mjs';

const jobs = 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,4\n';

const wrong = [
  ['an unknown command', ['frobnicate'], /no command "frobnicate"; there are: init, import, analyses/],
  ['an unknown analysis', ['run', 'clairvoyance', 'jobs.csv'], /no analysis "clairvoyance"; there are: location-quotient, /],
  ['an unknown analysis to describe', ['describe', 'clairvoyance'], /no analysis "clairvoyance"/],
  ['a slip in an option', ['run', 'location-quotient', 'jobs.csv', '--levl', '0.9'], /no option --levl; perhaps --level\?/],
  ['a slip in a reading option', ['run', 'location-quotient', 'jobs.csv', '--delimitor', ';'], /perhaps --delimiter\?/],
  ['an unknown option', ['run', 'location-quotient', 'jobs.csv', '--colour', 'red'], /no option --colour; "okrug describe/],
  ['an unknown option of a command that takes none', ['init', 'w.okrug', '--colour', 'red'],
    /okrug init has no option --colour; "okrug help init" shows those there are/],
  ['an option of another command', ['init', 'w.okrug', '--listen', '127.0.0.1:0'], /okrug init has no option --listen/],
  ['an unknown option of the list', ['analyses', '--level', '3'], /--level/],
  ['an unknown option of import', ['import', 'w.okrug', 'values', 'jobs.csv', '--dry-run', '--colour', 'red'], /--colour/],
  ['a value above its range', ['run', 'location-quotient', 'jobs.csv', '--level', '2'], /--level "2".*0\.5 \.\.\. 0\.9999/],
  ['a value that is no number', ['run', 'location-quotient', 'jobs.csv', '--level', '0,9'], /--level "0,9".*write 0\.9/],
  ['a share in percent', ['run', 'location-quotient', 'jobs.csv', '--level', '95'], /--level "95".*share of 1.*95 % is 0\.95/],
  ['a share with a percent sign', ['run', 'location-quotient', 'jobs.csv', '--level', '95%'], /--level "95%".*95 % is 0\.95/],
  ['a share in percent with a comma', ['run', 'location-quotient', 'jobs.csv', '--level', '97,5 %'], /--level.*97\.5 % is 0\.975/],
  ['a percentage out of range', ['run', 'location-quotient', 'jobs.csv', '--level', '950'], /--level "950".*0\.5 \.\.\. 0\.9999/],
  ['a number with two commas', ['run', 'location-quotient', 'jobs.csv', '--level', '0,9,1'], /--level "0,9,1".*0\.5 \.\.\. 0\.9999/],
  ['a value that is not a number', ['run', 'location-quotient', 'jobs.csv', '--level', 'nan'], /--level "nan"/],
  ['half a neighbour', ['run', 'specialisation', 'jobs.csv', '--nearest', '1.5'], /--nearest "1.5"/],
  ['an unknown choice', ['run', 'location-quotient', 'jobs.csv', '--z', 'other'], /--z "other".*lq\|log-lq/],
  ['an option without its value', ['run', 'location-quotient', 'jobs.csv', '--level'], /--level needs a value/],
  ['an option given twice', ['run', 'location-quotient', 'jobs.csv', '--level', '.9', '--level', '.8'], /--level is given twice/],
  ['too few arguments', ['run', 'location-quotient'], /too few arguments/],
  ['too many arguments', ['run', 'location-quotient', 'jobs.csv', 'jobs.csv'], /"jobs.csv" is one argument too many/],
  ['a needed input left out', ['run', 'regionalise', 'jobs.csv'], /needs the input --employment/],
  ['a role that is none', ['run', 'location-quotient', 'jobs.csv', '--map', 'jobs=value'], /no role "jobs"; the roles are: region/],
  ['a role of a second input that is none', ['run', 'location-quotient', 'jobs.csv', '--reference', 'jobs.csv', '--map',
    'reference.weight=value'], /no role "weight"/],
  ['a mapping without =', ['run', 'location-quotient', 'jobs.csv', '--map', 'value'], /--map "value".*name=text/],
  ['an unknown format', ['run', 'location-quotient', 'jobs.csv', '--format', 'xml'], /--format "xml".*table, csv, json, html/],
  ['an unknown table', ['run', 'location-quotient', 'jobs.csv', '--print', 'cells'], /no table cells; there are: quotients/],
  ['an unknown language', ['analyses', '--lang', 'fr'], /--lang "fr".*en, ru/],
  ['no threads', ['run', 'location-quotient', 'jobs.csv', '--threads', '0'], /--threads "0"/],
  ['an unknown encoding', ['run', 'location-quotient', 'jobs.csv', '--encoding', 'klingon'], /klingon/],
  ['an unknown reason for blanks', ['run', 'location-quotient', 'jobs.csv', '--blank', 'shy'], /--blank "shy"/],
  ['an unknown unit', ['run', 'location-quotient', 'jobs.csv', '--unit', 'parsec'], /--unit "parsec"/],
  ['an unknown kind of data', ['import', 'w.okrug', 'gossip', 'jobs.csv', '--dry-run'], /no kind of data "gossip"; there are: values, /],
  ['one name for two files', ['import', 'w.okrug', 'values', 'jobs.csv', 'jobs.csv', '--name', 'x'], /--name x is for one file/],
  ['a dataset without a workspace', ['run', 'location-quotient', '#jobs'], /no workspace here/],
  ['an address that is none', ['serve', 'w.okrug', '--listen', 'everywhere'], /"everywhere" is no address/],
  ['an address for others', ['serve', 'w.okrug', '--listen', '0.0.0.0:0'], /0\.0\.0\.0:0 is not a loopback address/],
  ['schemas of nothing', ['schemas', 'nothing'], /there are: openapi, analyses/],
];
for (const [what, args, words] of wrong) {
  test(what, async (t) => {
    const cwd = folder(t, { 'jobs.csv': jobs });
    const { code, stdout, stderr } = await okrug(args, { cwd });
    assert.match(stderr, words);
    assert.equal(code, 2);
    assert.equal(stdout, '');
  });
}

test('all wrong options are told at once', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const { stderr } = await okrug(['run', 'location-quotient', 'jobs.csv', '--level', '2', '--z', 'x', '--colour', 'red'], { cwd });
  for (const option of ['level', 'z', 'colour']) {
    assert.match(stderr, new RegExp(`--${option}`));
  }
});

test('after -- all words are names', async (t) => {
  const cwd = folder(t, { '--jobs.csv': jobs, 'jobs.csv': jobs, '-o': jobs });
  const plain = await okrugDone(['run', 'location-quotient', 'jobs.csv', '--level', '.9'], { cwd });
  for (const args of [['--', '--jobs.csv'], ['--', '-o']]) {
    const { stdout } = await okrugDone(['run', '--level', '.9', 'location-quotient', ...args], { cwd });
    assert.equal(stdout, plain.stdout);
  }
  const option = await okrug(['run', 'location-quotient', '--', 'jobs.csv', '--level', '.9'], { cwd });
  assert.equal(option.code, 2);
  assert.match(option.stderr, /"--level" is one argument too many/);
  const again = await okrug(['run', 'location-quotient', '--', '--'], { cwd });
  assert.equal(again.code, 5);
  assert.match(again.stderr, /^--: /);
});

test('help and version', async () => {
  for (const args of [['help'], ['--help'], []]) {
    const { code, stdout } = await okrug(args);
    assert.equal(code, 0);
    assert.match(stdout, /okrug run ANALYSIS INPUT[\s\S]*Exit codes: 0 done[\s\S]*values .*region/);
  }
  const { stdout } = await okrug(['--version']);
  assert.match(stdout, /^okrug \d+\.\d+\.\d+\n$/);
});

test('every command tells how it is called, with every option of its own', async () => {
  const source = readFileSync(new URL('../../src/main/main.c', import.meta.url), 'utf8');
  const table = source.match(/\} commands\[\] = \{[\s\S]*?\};/)[0];
  const commands = [...table.matchAll(/\{"([a-z]+)", \w+, "([^"]*)", \w+\}/g)];
  assert.ok(commands.length > 10);
  for (const language of ['en', 'ru']) {
    const all = (await okrug(['help', '--lang', language])).stdout;
    for (const [, name, options] of commands) {
      const own = (await okrug(['help', name, '--lang', language])).stdout;
      assert.ok(all.includes(own.split('\n')[0]), `${name} in the list`);
      assert.match(own, new RegExp(`^  okrug ${name} `), name);
      for (const option of options.split(' ').filter((word) => word !== '')) {
        assert.ok(own.includes(option === 'output-dir' ? '-o ' : `--${option}`), `${language}: ${name} --${option}`);
      }
    }
  }
  assert.equal((await okrug(['report', '--help'])).stdout, (await okrug(['help', 'report'])).stdout);
  /* Wherever it stands, and whatever was typed before it. */
  assert.equal((await okrug(['generate', 'region', '--help'])).stdout, (await okrug(['help', 'generate'])).stdout);
  assert.equal((await okrug(['run', 'location-quotient', 'jobs.csv', '--help'])).stdout, (await okrug(['describe', 'location-quotient'])).stdout);
  const unknown = await okrug(['help', 'frobnicate']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /no command "frobnicate"/);
});

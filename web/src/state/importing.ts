/* SPDX-License-Identifier: GPL-3.0-or-later
 * The choices of an import, to the options of the command line and back; names for datasets; what a look at the file says of
 * the columns. Pure: the same choices are the same options. */
import type { Option } from '../api/client';
import type { Kind, Preview } from '../api/imports';

/** Options of how the file is written, in the order in which they are said; empty: as it was found. */
export const FORM = ['encoding', 'delimiter', 'decimal', 'header-row', 'unit', 'blank', 'suppressed'] as const;
export const ABOUT = ['title', 'source', 'licence', 'note'] as const;
export type Form = Record<(typeof FORM)[number], string>;
export type About = Record<(typeof ABOUT)[number], string>;

export interface Draft {
  form: Form;
  /** The header of the column that has a role; empty: none is said. */
  map: Record<string, string>;
  /** Options that the page has no field for, as they were remembered. */
  others: Option[];
}

export function emptyDraft(): Draft {
  return { form: Object.fromEntries(FORM.map((name) => [name, ''])) as Form, map: {}, others: [] };
}

export function emptyAbout(): About {
  return Object.fromEntries(ABOUT.map((name) => [name, ''])) as About;
}

export function writeOptions({ form, map, others }: Draft): Option[] {
  return [
    ...FORM.filter((name) => form[name].trim() !== '').map((name) => ({ name, value: form[name].trim() })),
    ...Object.entries(map).filter(([, header]) => header !== '').map(([role, header]) => ({ name: 'map', value: `${role}=${header}` })),
    ...others,
  ];
}

export function writeAbout(about: About): Option[] {
  return ABOUT.filter((name) => about[name].trim() !== '').map((name) => ({ name, value: about[name].trim() }));
}

export function readOptions(options: Option[]): Draft {
  const draft = emptyDraft();
  for (const option of options) {
    const equals = option.value.indexOf('=');
    if ((FORM as readonly string[]).includes(option.name)) draft.form[option.name as keyof Form] = option.value;
    else if (option.name === 'map' && equals > 0) draft.map[option.value.slice(0, equals)] = option.value.slice(equals + 1);
    else draft.others.push(option);
  }
  return draft;
}

const LETTERS: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o',
  п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia',
};

/** A name for the dataset of a file: without its endings, in letters that every program takes. */
export function nameFor(file: string): string {
  const stem = file.replace(/\.(gz|xz|zip)$/i, '').replace(/\.[^.]*$/, '').toLowerCase();
  const plain = [...stem].map((letter) => LETTERS[letter] ?? letter).join('').normalize('NFKD').replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+|-+$/g, '') || 'import';
}

/** What may name a dataset: the rule of the engine. */
// eslint-disable-next-line no-control-regex
export const isName = (id: string): boolean => id !== '' && id !== '.' && id !== '..' && !/[/#\u0000-\u001f\u007f]/.test(id);

export type Role = Kind['roles'][number];
export const isNeeded = (role: Role): boolean => role.need === 'key' || role.need === 'required';

export interface Binding {
  role: Role;
  /** The column that has the role: said, or called just so. */
  header: string;
  said: boolean;
  /** Columns that may be meant, where none has the role. */
  suggested: string[];
  sample: string[];
}

export function bindings(kind: Kind, map: Draft['map'], columns: Preview['columns']): Binding[] {
  return kind.roles.map((role) => {
    const said = map[role.name] ?? '';
    const header = said || (columns.find((column) => column.header === role.name)?.header ?? '');
    const column = columns.find((one) => one.header === header);
    const taken = new Set(Object.values(map));
    return {
      role,
      header,
      said: said !== '',
      suggested: header ? [] : columns.filter((one) => one.suggested === role.name && !taken.has(one.header)).map((one) => one.header),
      sample: column?.sample ?? [],
    };
  });
}

/** Where the only columns that may be meant can be taken at one stroke: role -> header. */
export function suggestions(all: Binding[]): Record<string, string> {
  return Object.fromEntries(all.flatMap(({ role, suggested: [only, ...more] }) => (only !== undefined && more.length === 0 ? [[role.name, only]] : [])));
}

/** Weights that number the territories instead of naming them: they find their place by the order of a table. */
export const isNumbered = (seen: Preview): boolean => seen.join?.matched === 0 && seen.columns.some((column) => column.role === 'records');

const quote = (text: string) => (/^[\w./,:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The same import on the command line. */
export function commandLine(kind: string, file: string, part: string | null, id: string, options: Option[], replace: boolean): string {
  const words = ['okrug', 'import', 'WORKSPACE', kind, part === null ? file : `${file}#${part}`, '--name', id];
  for (const { name, value } of options) words.push(`--${name}`, value);
  if (replace) words.push('--replace');
  return words.map(quote).join(' ');
}

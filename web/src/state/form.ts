/* SPDX-License-Identifier: GPL-3.0-or-later
 * A form of an analysis, made of its descriptor alone: what can be its inputs, what has been filled in, what is wrong with it,
 * and the options it comes to. The server checks everything again; this is so that nobody has to ask it. */
import type { Analysis, Dataset, Job, Message, Option } from '../api/client';

export type Input = Analysis['inputs'][number];
export type Parameter = Analysis['parameters'][number];
type Role = NonNullable<Input['roles']>[number];
type Column = Dataset['tables'][number]['columns'][number];

/** A table that can be an input: "#dataset", or "#dataset/table" where it is not the first of its dataset. */
export interface Source {
  ref: string;
  dataset: Dataset;
  table: string;
  rows: number;
  columns: Column[];
}

export interface InputDraft {
  /** "" where nothing is chosen. */
  source: string;
  /** The name of a row of the first input instead of a table, where the descriptor allows it. */
  row: string;
  /** By role, the column that is meant; roles left out are looked for under their own name. */
  map: Record<string, string>;
}

export interface Draft {
  analysis: string;
  inputs: Record<string, InputDraft>;
  /** By parameter, as typed; several of those that repeat. "" is as good as the default. */
  values: Record<string, string[]>;
  id: string;
  /** Options of a former run that the form has no field for: they go along unless they are taken out. */
  rest: Option[];
}

/** What is wrong with a field. Fields are "input.NAME", "map.INPUT.ROLE", "parameter.NAME" and "id". */
export interface Fault {
  field: string;
  code: 'needed' | 'number' | 'whole' | 'range' | 'column';
  minimum?: number | undefined;
  maximum?: number | undefined;
}

const KEYS = ['key', 'required'];
const rolesOf = (input: Input): Role[] => input.roles ?? [];
export const emptyInput = (): InputDraft => ({ source: '', row: '', map: {} });

export function sourcesOf(datasets: Iterable<Dataset>): Source[] {
  return [...datasets].flatMap((dataset) =>
    dataset.tables.map(({ name, rows, columns }, i) => {
      const ref = i === 0 ? `#${dataset.id}` : `#${dataset.id}/${name}`;
      return { ref, dataset, table: name, rows, columns };
    }),
  );
}

/** The column a role is bound to: as mapped, else of the same name; "" where there is none. */
export function boundTo(role: string, draft: InputDraft, source: Source): string {
  const name = draft.map[role] ?? role;
  return source.columns.some((column) => column.name === name) ? name : '';
}

/** Text that may hold numbers counts for less than a number, a place on the map for nothing. */
function suits(role: Role, source: Source): boolean {
  const found = source.columns.find((column) => column.name === role.name);
  return found !== undefined && (role.type === 'number' ? found.type === 'number' : found.type === 'text');
}

/** Whether a table has a fitting column for every role that is needed. An input-output table is taken as it stands. */
export function fits(input: Input, source: Source): boolean {
  if (input.shape === 'input-output' && source.dataset.kind === 'input-output') return true;
  if (source.dataset.kind === 'input-output') return false;
  const roles = rolesOf(input);
  const choice = roles.filter((role) => role.need === 'one-of');
  return roles.filter((role) => KEYS.includes(role.need)).every((role) => suits(role, source)) && (choice.length === 0 || choice.some((role) => suits(role, source)));
}

/** Tables for an input: those that fit, imported ones before results, and then the others. */
export function suggested(input: Input, sources: readonly Source[]): { fitting: Source[]; others: Source[] } {
  const isResult = (source: Source) => Number(source.dataset.provenance.analysis !== undefined);
  const fitting = sources.filter((source) => fits(input, source)).sort((a, b) => isResult(a) - isResult(b));
  return { fitting, others: sources.filter((source) => !fitting.includes(source)) };
}

/** Roles whose columns can be named. */
export function mappable(input: Input, source: Source | undefined): Role[] {
  return source && source.dataset.kind !== 'input-output' ? rolesOf(input) : [];
}

export function blank(analysis: Analysis, sources: readonly Source[]): Draft {
  const inputs: Draft['inputs'] = {};
  for (const input of analysis.inputs) {
    const first = input.required ? suggested(input, sources).fitting[0] : undefined;
    inputs[input.name] = { ...emptyInput(), source: first?.ref ?? '' };
  }
  const values = Object.fromEntries(analysis.parameters.map((one) => [one.name, [String(one.default ?? '')]]));
  return { analysis: analysis.id, inputs, values, id: '', rest: [] };
}

/* ---- Checking ---------------------------------------------------------------------------------------------------- */

/** "0,9" is how a number is typed where the comma is decimal. */
export function numberText(typed: string): string {
  const text = typed.trim().replaceAll('\u2212', '-');
  return /^-?\d*,\d+$/.test(text) ? text.replace(',', '.') : text;
}

function checkNumber(parameter: Parameter, typed: string): Fault | undefined {
  const field = `parameter.${parameter.name}`;
  const text = numberText(typed);
  const { minimum, maximum } = parameter;
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) return { field, code: 'number' };
  if (parameter.kind === 'integer' && !Number.isInteger(value)) return { field, code: 'whole' };
  if (value < (minimum ?? -Infinity) || value > (maximum ?? Infinity)) return { field, code: 'range', minimum, maximum };
  return undefined;
}

function checkInput(input: Input, draft: InputDraft, source: Source | undefined): Fault[] {
  if (!source) return input.required && draft.row === '' ? [{ field: `input.${input.name}`, code: 'needed' }] : [];
  const roles = mappable(input, source);
  const lacks = (role: Role) => boundTo(role.name, draft, source) === '';
  const choice = roles.filter((role) => role.need === 'one-of');
  const missing = roles.filter((role) => KEYS.includes(role.need) && lacks(role));
  if (choice.length > 0 && choice.every(lacks)) missing.push(...choice.slice(0, 1));
  return missing.map((role) => ({ field: `map.${input.name}.${role.name}`, code: 'column' }));
}

export function check(analysis: Analysis, draft: Draft, sources: readonly Source[]): Fault[] {
  const inputs = analysis.inputs.flatMap((input) => {
    const filled = draft.inputs[input.name] ?? emptyInput();
    return checkInput(input, filled, sources.find((source) => source.ref === filled.source));
  });
  const numbers = analysis.parameters.flatMap((parameter) => {
    const typed = draft.values[parameter.name]?.[0] ?? '';
    const numeric = parameter.kind === 'real' || parameter.kind === 'integer';
    return (numeric && typed.trim() !== '' && checkNumber(parameter, typed)) || [];
  });
  return [...inputs, ...numbers];
}

/** The field that a message of the server is about; undefined where it names none. */
export function fieldOf(message: Message, analysis: Analysis, draft: Draft): string | undefined {
  const { option, input, wanted, id } = message.arguments;
  const named = option ?? input;
  if (named !== undefined) {
    if (analysis.parameters.some((one) => one.name === named)) return `parameter.${named}`;
    return analysis.inputs.some((one) => one.name === named) ? `input.${named}` : undefined;
  }
  if (message.code === 'bad-id' || message.code === 'result-exists') return 'id';
  if (message.code === 'no-dataset') {
    const found = analysis.inputs.find((one) => draft.inputs[one.name]?.source.replace(/^#|\/.*$/g, '') === id);
    return found && `input.${found.name}`;
  }
  if (message.code === 'missing-column' && wanted !== undefined) {
    for (const one of analysis.inputs) {
      const filled = draft.inputs[one.name];
      if (!filled?.source) continue;
      const role = rolesOf(one).find(({ name }) => (filled.map[name] ?? name) === wanted);
      if (role) return `map.${one.name}.${role.name}`;
    }
  }
  return undefined;
}

/* ---- Options ----------------------------------------------------------------------------------------------------- */

function isDefault(parameter: Parameter, text: string): boolean {
  if (parameter.default === undefined) return false;
  return typeof parameter.default === 'number' ? Number(text) === parameter.default : text === parameter.default;
}

/** What is to be said beside the first input: nothing that would be so anyway. */
export function optionsOf(analysis: Analysis, draft: Draft): Option[] {
  const out: Option[] = [];
  analysis.inputs.forEach((input, i) => {
    const filled = draft.inputs[input.name] ?? emptyInput();
    const value = filled.source || filled.row.trim();
    if (i > 0 && value !== '') out.push({ name: input.name, value });
    for (const [role, column] of filled.source ? Object.entries(filled.map) : []) {
      if (column !== '' && column !== role) out.push({ name: 'map', value: `${i > 0 ? `${input.name}.` : ''}${role}=${column}` });
    }
  });
  for (const parameter of analysis.parameters) {
    const numeric = parameter.kind === 'real' || parameter.kind === 'integer';
    for (const typed of draft.values[parameter.name] ?? []) {
      const value = numeric ? numberText(typed) : typed.trim();
      if (value !== '' && !isDefault(parameter, value)) out.push({ name: parameter.name, value });
    }
  }
  return [...out, ...draft.rest];
}

/** As it is quoted for a shell: only where it must be. */
function quoted(text: string): string {
  return /^[\p{L}\p{N}_./:=@%+,-][\p{L}\p{N}_./:=@%+,#-]*$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** What does the same in a terminal. WORKSPACE stands for the file, whose name the page does not know. */
export function commandLine(analysis: Analysis, draft: Draft): string {
  const stored = (text: string) => (text.startsWith('#') ? `WORKSPACE${text}` : text);
  const isInput = (name: string) => analysis.inputs.some((input) => input.name === name);
  const first = draft.inputs[analysis.inputs[0]?.name ?? '']?.source ?? '';
  const words = ['okrug', 'run', analysis.id, quoted(first ? stored(first) : 'WORKSPACE#DATASET')];
  for (const { name, value } of optionsOf(analysis, draft)) words.push(`--${name}`, quoted(isInput(name) ? stored(value) : value));
  if (draft.id.trim() !== '') words.push('-o', quoted(draft.id.trim()));
  return words.join(' ');
}

/* ---- From a former run ------------------------------------------------------------------------------------------- */

function takeMap(analysis: Analysis, draft: Draft, value: string): boolean {
  const [, input = '', role = '', column = ''] = /^(?:([^.=]+)\.)?([^=]+)=(.*)$/.exec(value) ?? [];
  const filled = draft.inputs[input || (analysis.inputs[0]?.name ?? '')];
  if (!filled || role === '') return false;
  filled.map[role] = column;
  return true;
}

export function fromOptions(analysis: Analysis, input: string, options: readonly Option[]): Draft {
  const draft = blank(analysis, []);
  const first = draft.inputs[analysis.inputs[0]?.name ?? ''];
  if (first) first.source = input;
  for (const { name, value } of options) {
    const second = draft.inputs[name];
    const parameter = analysis.parameters.find((one) => one.name === name);
    if (second && value.startsWith('#')) second.source = value;
    else if (second) second.row = value;
    else if (parameter?.kind === 'texts') draft.values[name] = [...(draft.values[name] ?? []).filter((one) => one !== ''), value];
    else if (parameter) draft.values[name] = [value];
    else if (name !== 'map' || !takeMap(analysis, draft, value)) draft.rest.push({ name, value });
  }
  return draft;
}

export const fromJob = (analysis: Analysis, job: Job): Draft => fromOptions(analysis, job.input, job.options);

/** The same run again, from what a result says of itself. */
export function fromProvenance(analysis: Analysis, { provenance }: Dataset): Draft {
  const options: Option[] = [];
  let first = '';
  for (const input of provenance.inputs ?? []) {
    const main = input.input === analysis.inputs[0]?.name;
    const own = main ? '' : `${input.input}.`;
    const source = input.dataset === undefined ? '' : `#${input.dataset}`;
    if (main) first = source;
    else if (source) options.push({ name: input.input, value: source });
    for (const name of ['map', 'where'] as const) {
      for (const [key, value] of Object.entries(input[name] ?? {})) options.push({ name, value: `${own}${key}=${value}` });
    }
  }
  for (const [name, value] of Object.entries(provenance.parameters ?? {})) {
    for (const one of [value].flat()) if (one !== null && one !== undefined) options.push({ name, value: String(one) });
  }
  return fromOptions(analysis, first, options);
}

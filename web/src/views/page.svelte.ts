/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the page holds: the data it has fetched, the reader's choices (kept in the address), and the figure that is
 * open. All arithmetic is in state/. */
import {
  ApiError, getAnalyses, getDatasets, getFeatures, getStudy, getTable, orUndefined,
  type Analysis, type Dataset, type Message, type Study,
} from '../api/client';
import { access } from '../api/token.svelte';
import { language } from '../i18n/index.svelte';
import {
  LEVELS, readFragment, readQuery, writeFragment, writeQuery, type Choice, type Level, type Opened,
} from '../state/address';
import { percent, type Lang } from '../state/format';
import { readConcentrations, type Concentrations } from '../state/concentrations';
import { readGround, type Ground } from '../state/ground';
import { joinFeatures } from '../state/join';
import { Atlas } from '../state/measures';
import { readMunicipal, type Municipal } from '../state/municipal';
import { Names } from '../state/names';
import { readBands, readConventions, readRegional, type Band, type Measure, type Regional } from '../state/regional';
import { Series, type Figure } from '../state/series';
import { readSpace, type Space } from '../state/space';
import { worded } from '../state/words';

export interface Multipliers {
  bands: Record<Measure, Band[]>;
  conventions: { method: string; deltas: number[] }[];
}

class Page {
  status = $state<'loading' | 'ready' | 'no-study' | 'fault'>('loading');
  faults = $state.raw<Message[]>([]);
  choice = $state<Choice>(readQuery(location.search));
  opened = $state.raw<Opened | undefined>(readFragment(location.hash));

  study = $state.raw<Study | undefined>(undefined);
  datasets = $state.raw<Map<string, Dataset>>(new Map());
  analyses = $state.raw<Analysis[]>([]);
  names = $state.raw(new Names(undefined));
  municipal = $state.raw<Municipal | undefined>(undefined);
  concentrations = $state.raw<Concentrations | undefined>(undefined);
  space = $state.raw<Space | undefined>(undefined);
  regional = $state.raw<Regional | undefined>(undefined);
  multipliers = $state.raw<Multipliers | undefined>(undefined);
  /** The two levels that maps can show: any measure of them, and what they are drawn on. */
  atlases = $state.raw<Partial<Record<Level, Atlas>>>({});
  grounds = $state.raw<Record<Level, Ground>>({ regions: readGround(undefined, undefined), places: readGround(undefined, undefined) });
  /** Regions that the imported boundaries do not have. */
  unmapped = $state.raw<string[]>([]);
  /** Dimensions of the labels that name this study's codes. */
  dimensions = $state.raw({ place: '', section: '', region: '', industry: '' });

  readonly hasFirms = $derived(access.token !== '' || this.#has(['firms']));
  /** Whoever may change something can begin one. */
  readonly hasRegistry = $derived(access.token !== '' || this.#has(['clusters', 'participants', 'projects']));
  readonly hasFound = $derived(this.results('clusters').length > 0);
  readonly hasDuplicates = $derived(this.results('duplicates').length > 0 || (access.token !== '' && this.#has(['firms'])));

  #regionTerritories: Series | undefined;
  readonly #tables = new Map<string, Promise<Series | undefined>>();

  #has(kinds: readonly string[]): boolean {
    return [...this.datasets.values()].some(({ kind }) => kinds.includes(kind));
  }

  /** Results of an analysis, the newest first. */
  results(analysis: string): Dataset[] {
    return [...this.datasets.values()].filter(({ provenance }) => provenance.analysis === analysis).reverse();
  }

  table(dataset: string | undefined, name?: string): Promise<Series | undefined> {
    if (dataset === undefined || !this.datasets.has(dataset)) return Promise.resolve(undefined);
    const table = name ?? dataset;
    const id = `${dataset}/${table}`;
    const known = this.#tables.get(id);
    if (known) return known;
    const asked = orUndefined(getTable(dataset, table)).then((found) => found && new Series(dataset, found));
    this.#tables.set(id, asked);
    return asked;
  }

  async load(): Promise<void> {
    access.take();
    try {
      const [study, datasets, analyses] = await Promise.all([orUndefined(getStudy()), getDatasets(), getAnalyses()]);
      this.datasets = new Map(datasets.map((dataset) => [dataset.id, dataset]));
      this.analyses = analyses;
      this.study = study;
      if (!study) {
        this.status = 'no-study';
        return;
      }
      await this.#read(study);
      this.status = 'ready';
    } catch (fault) {
      this.faults = fault instanceof ApiError ? fault.messages : [];
      this.status = 'fault';
    }
  }

  /** The datasets as they are now: a job has made one. */
  async refresh(): Promise<void> {
    const datasets = await getDatasets();
    this.#tables.clear();
    this.datasets = new Map(datasets.map((dataset) => [dataset.id, dataset]));
  }

  /** Everything as it is now: an import or an undo has changed the workspace. */
  async reload(): Promise<void> {
    const study = await orUndefined(getStudy());
    await this.refresh();
    this.study = study;
    if (study) await this.#read(study);
    this.status = study ? 'ready' : 'no-study';
  }

  async #read({ page }: Study): Promise<void> {
    const { municipal = {}, space = {}, regional = {}, multipliers = {} } = page;
    const [
      labels, territories, neighbours, placeQuotients, placeIndices, total, quotients, product, nearest, indices,
      bands, variants, national, boundaries, regionTerritories, regionBoundaries,
      screening, screened, moran, otherMoran, local, periods,
    ] = await Promise.all([
      this.table(page.labels),
      this.table(page.territories),
      this.table(page.neighbours),
      this.table(municipal.quotients, 'quotients'),
      this.table(municipal.specialisation, 'regions'),
      this.table(municipal.total),
      this.table(regional.quotients, 'quotients'),
      this.table(regional['product-quotients'], 'quotients'),
      this.table(regional.specialisation, 'nearest'),
      this.table(regional.specialisation, 'regions'),
      this.table(multipliers.bands, 'bands'),
      this.table(multipliers.bands, 'variants'),
      this.table(multipliers.national, 'industries'),
      this.#features(page.boundaries),
      this.table(regional.territories),
      this.#features(regional.boundaries),
      this.table(municipal.concentrations, 'screening'),
      this.table(municipal.concentrations, 'summary'),
      this.table(space.moran, 'summary'),
      this.table(space.check, 'summary'),
      this.table(space.local, 'areas'),
      this.table(space.disparity, 'periods'),
    ]);
    this.names = new Names(labels);
    this.municipal = readMunicipal({ territories, neighbours, quotients: placeQuotients, specialisation: placeIndices, total });
    this.concentrations = readConcentrations(screening, screened);
    this.space = readSpace({ moran, check: otherMoran, local, disparity: periods });
    this.regional = readRegional(page.region, { quotients, product, nearest, specialisation: indices });
    this.#regionTerritories = regionTerritories;
    const population = this.municipal?.places.flatMap(({ id, population: one }): [string, Figure][] => (one ? [[id, one]] : [])) ?? [];
    const regions = quotients && new Atlas({ quotients, product, specialisation: indices });
    this.atlases = {
      ...(regions && { regions }),
      ...(placeQuotients && this.municipal && {
        places: new Atlas({
          quotients: placeQuotients, specialisation: placeIndices, total,
          population: population.length > 0 ? new Map(population) : undefined,
        }),
      }),
    };
    const joined = regionBoundaries && regions && joinFeatures(regions.ids, regionBoundaries);
    this.unmapped = joined?.missing ?? [];
    this.grounds = {
      regions: readGround(regionTerritories, joined && joined.collection.features.length > 0 ? joined.collection : undefined),
      places: readGround(territories, boundaries),
    };
    if (!this.atlases[this.choice.level]) this.choice.level = LEVELS.find((level) => this.atlases[level]) ?? 'regions';
    const from = { bands, national };
    this.multipliers = bands && {
      bands: { output: readBands('output', from), value_added: readBands('value_added', from) },
      conventions: readConventions(variants),
    };
    this.dimensions = {
      place: municipal.dimensions?.region ?? this.names.dimensionOf(territories?.distinct('region') ?? []),
      section: municipal.dimensions?.industry ?? this.names.dimensionOf(this.municipal?.sections ?? []),
      region: regional.dimensions?.region ?? this.names.dimensionOf(quotients?.distinct('region') ?? []),
      industry:
        regional.dimensions?.industry ?? multipliers.dimensions?.industry ?? this.names.dimensionOf(bands?.distinct('industry') ?? quotients?.distinct('industry') ?? []),
    };
    const sections = this.municipal?.sections ?? [];
    if (!sections.includes(this.choice.section)) this.choice.section = sections.includes('C') ? 'C' : (sections[0] ?? '');
  }

  #features(dataset: string | undefined) {
    return dataset !== undefined && this.datasets.has(dataset) ? orUndefined(getFeatures(dataset)) : undefined;
  }

  place = (code: string) => this.names.name(this.dimensions.place, code, language.current);
  section = (code: string) => this.names.name(this.dimensions.section, code, language.current);
  region = (code: string) => this.names.name(this.dimensions.region, code, language.current);
  industry = (code: string) => this.names.name(this.dimensions.industry, code, language.current);

  /** The name of the region that the study is about; where it names none, the study's title. */
  home = (): string =>
    this.study?.page.region !== undefined ? this.region(this.study.page.region) : worded(this.study?.title, language.current);

  /** Of whatever level a code is: a municipality, else a region. */
  anywhere = (code: string): string => {
    const place = this.place(code);
    return place === code ? this.region(code) : place;
  };

  /** The same for either level. */
  territory = (level: Level, code: string) => (level === 'regions' ? this.region(code) : this.place(code));
  sector = (level: Level, code: string) => (level === 'regions' ? this.industry(code) : this.section(code));

  /** A region in the few letters that a tile has room for. */
  brief = (code: string): string => {
    const known = this.#regionTerritories;
    const row = known?.find({ region: code }) ?? -1;
    return row < 0 ? '' : (known?.text(`short_${language.current}`, row) ?? '');
  };

  /** The level of a result's intervals as it is written in a sentence. */
  level(dataset: string | undefined, lang: Lang): string {
    const given = Number(this.datasets.get(dataset ?? '')?.provenance.parameters?.level);
    return percent(given > 0 ? given : 0.95, lang);
  }

  /** Whether the reader has chosen anything yet: what an address brings along does not move the page. */
  changed = false;

  change(part: Partial<Choice>): void {
    this.changed = true;
    Object.assign(this.choice, part);
    history.replaceState(history.state, '', `${location.pathname}${writeQuery(this.choice)}${location.hash}`);
  }

  speak(lang: Lang): void {
    void language.choose(lang).then(() => this.change({ lang }));
  }

  /** Where the reader was when the drawer opened, and whether the way back to there is under way. */
  #opener: Element | null = null;
  #returning = false;

  open = (figure: Figure): void => {
    this.#opener = document.activeElement;
    this.opened = { ref: figure.ref, derived: figure.derived };
    history.pushState({ drawer: true }, '', `${location.pathname}${location.search}${writeFragment(this.opened)}`);
  };

  /** Goes back where opening made an entry in the history, so that Back and Escape agree. */
  close = (): void => {
    if (!this.opened) return;
    this.opened = undefined;
    this.#returning = true;
    if ((history.state as { drawer?: boolean } | null)?.drawer) history.back();
    else history.replaceState(null, '', `${location.pathname}${location.search}`);
  };

  /** Going back to an address that names a part of the page, the browser drops the focus: it belongs where it was. */
  follow = (event: Event): void => {
    access.take();
    this.opened = readFragment(location.hash);
    if (!this.#returning || this.opened) return;
    if (this.#opener instanceof HTMLElement || this.#opener instanceof SVGElement) this.#opener.focus({ preventScroll: true });
    if (event.type === 'hashchange') this.#returning = false;
  };
}

export const page = new Page();

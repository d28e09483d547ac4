/* SPDX-License-Identifier: GPL-3.0-or-later
 * What schemas/openapi.json leaves open because it is the content of a study or a provenance, as the page reads it. */
import type { components } from './schema';

/** One text for all languages, or one for each. */
export type Words = string | { en?: string; ru?: string };

type Dimensions = { region?: string; industry?: string };

export interface Page {
  region: string;
  territories?: string;
  neighbours?: string;
  boundaries?: string;
  labels?: string;
  municipal?: { dimensions?: Dimensions; employment?: string; total?: string; quotients?: string; specialisation?: string; concentrations?: string };
  /** What lies near what: a figure of the municipalities, its autocorrelation (also under a second rule of who is a neighbour),
   * its local form, and how unequal it is. */
  space?: { values?: string; moran?: string; check?: string; local?: string; disparity?: string };
  regional?: {
    dimensions?: Dimensions;
    /** Where the regions are: centres, and a place for each on a grid of tiles; boundaries where they are imported. */
    territories?: string;
    boundaries?: string;
    employment?: string;
    product?: string;
    quotients?: string;
    'product-quotients'?: string;
    specialisation?: string;
  };
  multipliers?: { dimensions?: Dimensions; national?: string; regional?: string; bands?: string };
}

export interface Study {
  study: string;
  title: Words;
  page: Page;
}

export type Message = components['schemas']['Message'];

/** Of an import: its file. Of a result: its analysis and inputs. */
export interface Provenance {
  title?: Words;
  source?: Words;
  licence?: Words;
  note?: Words;
  kind?: string;
  file?: string;
  sha256?: string;
  rows?: number;
  map?: Record<string, string>;
  blank?: string;
  okrug?: string;
  analysis?: string;
  parameters?: Record<string, unknown>;
  inputs?: { input: string; dataset?: string; synthetic?: boolean; table?: string; row?: string; map?: Record<string, string>; where?: Record<string, string> }[];
  references?: string[];
  warnings?: Message[];
  blas_core?: string;
}

export type Dataset = Omit<components['schemas']['Dataset'], 'provenance'> & { provenance: Provenance };

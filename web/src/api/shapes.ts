/* SPDX-License-Identifier: GPL-3.0-or-later
 * What schemas/openapi.json leaves open because it is the content of a study or a provenance, as the page reads it. */
import type { components } from './schema';

export interface Text {
  en: string;
  ru: string;
}

type Dimensions = { region?: string; industry?: string };

export interface Page {
  region: string;
  territories?: string;
  neighbours?: string;
  boundaries?: string;
  labels?: string;
  municipal?: { dimensions?: Dimensions; employment?: string; total?: string; quotients?: string; specialisation?: string };
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
  title: Text;
  page: Page;
}

export type Message = components['schemas']['Message'];

/** Of an import: its file. Of a result: its analysis and inputs. */
export interface Provenance {
  title?: Text;
  source?: string;
  licence?: string;
  note?: Text;
  kind?: string;
  file?: string;
  sha256?: string;
  rows?: number;
  map?: Record<string, string>;
  blank?: string;
  okrug?: string;
  analysis?: string;
  parameters?: Record<string, unknown>;
  inputs?: { input: string; dataset?: string; table?: string; row?: string; map?: Record<string, string>; where?: Record<string, string> }[];
  references?: string[];
  warnings?: Message[];
  blas_core?: string;
}

export type Dataset = Omit<components['schemas']['Dataset'], 'provenance'> & { provenance: Provenance };

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The server's contract as types, in the shape that openapi-typescript gives to schemas/openapi.json. */
export interface components {
  schemas: {
    Text: { en: string; ru: string };
    Page: {
      region: string;
      territories?: string;
      neighbours?: string;
      boundaries?: string;
      labels?: string;
      municipal?: { employment?: string; total?: string; quotients?: string; specialisation?: string };
      regional?: {
        employment?: string;
        product?: string;
        quotients?: string;
        'product-quotients'?: string;
        specialisation?: string;
      };
      multipliers?: { national?: string; regional?: string; bands?: string; linkages?: string };
    };
    Study: { study: string; title: components['schemas']['Text']; page: components['schemas']['Page'] };
    Input: { input: string; dataset?: string; sha256?: string; source?: string };
    Warning: { code: string; arguments?: Record<string, unknown>; text: components['schemas']['Text'] };
    Provenance: {
      title?: components['schemas']['Text'];
      source?: string;
      licence?: string;
      note?: components['schemas']['Text'];
      kind?: string;
      file?: string;
      sha256?: string;
      rows?: number;
      encoding?: string;
      delimiter?: string;
      decimal?: string;
      map?: Record<string, string>;
      blank?: string;
      okrug?: string;
      analysis?: string;
      parameters?: Record<string, unknown>;
      inputs?: components['schemas']['Input'][];
      references?: string[];
      warnings?: components['schemas']['Warning'][];
      blas_core?: string;
    };
    Dataset: {
      id: string;
      kind: string;
      tables: { name: string; rows: number }[];
      provenance: components['schemas']['Provenance'];
    };
    Column: {
      name: string;
      type: 'text' | 'number' | 'geometry';
      unit?: string;
      values: (string | number | null)[];
      reasons?: string[];
    };
    Table: { table: string; rows: number; columns: components['schemas']['Column'][] };
    OutputColumn: { name: string; type?: string; unit?: string; formula?: string };
    Analysis: {
      id: string;
      inputs?: unknown[];
      parameters?: { name: string; kind?: string; default?: unknown; unit?: string }[];
      outputs?: { table: string; columns: components['schemas']['OutputColumn'][] }[];
      references?: string[];
      cost?: string;
    };
    Error: { error: { code: string; message: components['schemas']['Text'] } };
  };
}

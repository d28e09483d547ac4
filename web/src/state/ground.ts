/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a map is drawn on: real boundaries where they have been imported, else a grid of tiles where the study has one, else
 * cells around centres; where there is nothing of that, there is no map. */
import type { FeatureCollection } from 'geojson';
import { boundaryAreas, boundaryHeight, schematicAreas, tileAreas, type Area, type Centre, type Tile } from './areas';
import type { Series } from './series';

export interface Ground {
  boundaries: FeatureCollection | undefined;
  tiles: Tile[];
  centres: Centre[];
}

export interface Drawn {
  kind: 'boundaries' | 'tiles' | 'cells' | 'none';
  areas: Area[];
  width: number;
  height: number;
}

/** Tiles and centres of the territories that a table names; a tile needs a column and a row of the grid. */
export function readGround(territories: Series | undefined, boundaries: FeatureCollection | undefined): Ground {
  const [tiles, centres]: [Tile[], Centre[]] = [[], []];
  for (let row = 0; territories && row < territories.rows; row += 1) {
    const id = territories.text('region', row);
    const [lat, lon] = [territories.number('lat', row), territories.number('lon', row)];
    const [column, line] = [territories.number('column', row), territories.number('row', row)];
    if (lat !== null && lon !== null) centres.push({ id, lat, lon });
    if (column !== null && line !== null) tiles.push({ id, column, row: line });
  }
  return { boundaries, tiles, centres };
}

/** The map at a width, no taller than asked. */
export function draw(ground: Ground, width: number, tallest: number): Drawn {
  if (ground.boundaries) {
    const height = Math.round(Math.min(boundaryHeight(ground.boundaries, width), tallest));
    const areas = boundaryAreas(ground.boundaries, width, height);
    if (areas.length > 0) return { kind: 'boundaries', areas, width, height };
  }
  if (ground.tiles.length > 0) return { kind: 'tiles', ...tileAreas(ground.tiles, width), width };
  const height = Math.round(Math.min(width * 0.96, tallest));
  const areas = schematicAreas(ground.centres, width, height);
  return { kind: areas.length > 0 ? 'cells' : 'none', areas, width, height };
}

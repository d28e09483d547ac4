/* SPDX-License-Identifier: GPL-3.0-or-later
 * Maps: countries across the 180° meridian, grids of tiles, names that are spelt in two ways, scales and arrow keys. */
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { boundaryAreas, boundaryHeight, middleLongitude, tileAreas } from '../src/state/areas';
import { fits } from '../src/state/filter';
import { draw, readGround } from '../src/state/ground';
import { joinFeatures, matchNames } from '../src/state/join';
import { nextTowards } from '../src/state/neighbour';
import { sew } from '../src/state/seam';
import { held, readZoom, scaled, showing, viewBox, WHOLE, writeZoom } from '../src/state/zoom';
import { column, series } from './support';

const box = (west: number, east: number, south: number, north: number) => [
  [west, south], [east, south], [east, north], [west, north], [west, south],
];
const feature = (region: string, geometry: Polygon | MultiPolygon) => ({ type: 'Feature' as const, properties: { region }, geometry });
const collection = (...features: ReturnType<typeof feature>[]): FeatureCollection => ({ type: 'FeatureCollection', features });

describe('the 180° meridian', () => {
  it('is not where a map is cut if the country lies across it', () => {
    expect(middleLongitude([20, 60, 100, 179, -170])).toBe(105);
    expect(middleLongitude([-179, 179])).toBe(180);
    expect(middleLongitude([34, 37])).toBe(35.5);
    expect(middleLongitude([-120, -70])).toBe(-95);
    expect(middleLongitude([5])).toBe(5);
  });
  it('leaves no seam in a region that was cut there', () => {
    const cut: MultiPolygon = { type: 'MultiPolygon', coordinates: [[box(170, 180, 65, 70)], [box(-180, -172, 65, 70)], [box(160, 162, 60, 61)]] };
    const sewn = sew(cut) as MultiPolygon;
    expect(sewn.coordinates).toHaveLength(2);
    const [outer = []] = sewn.coordinates[1] ?? [];
    expect(outer[0]).toEqual(outer.at(-1));
    // No edge runs along the meridian any more; all corners are still there.
    const along = outer.slice(1).filter((point, i) => Math.abs(point[0] ?? 0) === 180 && point[0] === outer[i]?.[0]);
    expect(along).toEqual([]);
    expect(outer.map(String)).toEqual(expect.arrayContaining(['170,65', '170,70', '-172,65', '-172,70']));
  });
  it('is closed along itself where the other side is missing', () => {
    const half: MultiPolygon = { type: 'MultiPolygon', coordinates: [[box(170, 180, 65, 70)], [box(10, 20, 50, 60)]] };
    const corners = (geometry: MultiPolygon) => new Set(geometry.coordinates.flat(2).map(String));
    expect(corners(sew(half) as MultiPolygon)).toEqual(corners(half));
    const plain = { type: 'Polygon' as const, coordinates: [box(1, 2, 3, 4)] };
    expect(sew(plain)).toBe(plain);
  });
  it('draws such a country in one piece, as wide as it is', () => {
    const country = collection(
      feature('west', { type: 'Polygon', coordinates: [box(30, 60, 50, 70)] }),
      feature('east', { type: 'MultiPolygon', coordinates: [[box(160, 180, 60, 70)], [box(-180, -170, 62, 68)]] }),
    );
    const [west, east] = boundaryAreas(country, 800, boundaryHeight(country, 800));
    const xs = (d = '') => [...d.matchAll(/[ML](-?[\d.]+),/g)].map((match) => Number(match[1]));
    expect(Math.min(...xs(west?.d))).toBeGreaterThanOrEqual(3.9);
    expect(Math.max(...xs(east?.d))).toBeLessThanOrEqual(796.1);
    expect(Math.max(...xs(west?.d))).toBeLessThan(Math.min(...xs(east?.d)));
    expect((east?.d ?? '').match(/M/g)).toHaveLength(1);
  });
});

describe('the ground of a map', () => {
  const table = series('regions', 'regions', [
    column('region', ['a', 'b']), column('lat', [50, 60]), column('lon', [30, 40]), column('column', ['2', '4']), column('row', ['1', '1']),
  ]);
  it('is boundaries, else tiles, else cells, else nothing', () => {
    const real = collection(feature('a', { type: 'Polygon', coordinates: [box(30, 40, 50, 52)] }));
    expect(draw(readGround(table, real), 400, 300).kind).toBe('boundaries');
    expect(draw(readGround(table, undefined), 400, 300).kind).toBe('tiles');
    const centres = series('t', 't', [column('region', ['a', 'b']), column('lat', [50, 60]), column('lon', [30, 40])]);
    expect(draw(readGround(centres, undefined), 400, 300)).toMatchObject({ kind: 'cells', height: 300 });
    expect(draw(readGround(undefined, undefined), 400, 300)).toMatchObject({ kind: 'none', areas: [] });
  });
  it('of tiles is as wide as asked and has equal squares at their places', () => {
    const { areas, height } = tileAreas([{ id: 'a', column: 2, row: 1 }, { id: 'b', column: 4, row: 2 }], 300);
    expect(height).toBe(200);
    expect(areas.map(({ x, y }) => [x, y])).toEqual([[50, 50], [250, 150]]);
    expect(tileAreas([], 300)).toEqual({ areas: [], height: 0 });
  });
});

describe('names of territories', () => {
  it('agree however they are spelt, each once', () => {
    const match = matchNames(
      ['г. Москва', 'Московская область', 'Республика Северная Осетия-Алания', 'Кемеровская область', 'Орёл', 'нигде'],
      ['Московская область', 'Москва', 'Республика Северная Осетия — Алания', 'Кемеровская область — Кузбасс', 'орел'],
    );
    expect(Object.fromEntries(match)).toEqual({
      'г. Москва': 'Москва',
      'Московская область': 'Московская область',
      'Республика Северная Осетия-Алания': 'Республика Северная Осетия — Алания',
      'Кемеровская область': 'Кемеровская область — Кузбасс',
      Орёл: 'орел',
    });
  });
  it('do not agree by guess: what fits two fits none', () => {
    expect(matchNames(['Алтай'], ['Республика Алтай', 'Алтай край']).size).toBe(0);
    expect(matchNames([''], ['x']).size).toBe(0);
  });
  it('give features the names of the table and say who has none', () => {
    const got = joinFeatures(['г. Москва', 'Тула'], collection(feature('Москва', { type: 'Polygon', coordinates: [box(37, 38, 55, 56)] })));
    expect(got.collection.features.map((one) => one.properties?.region)).toEqual(['г. Москва']);
    expect(got.missing).toEqual(['Тула']);
  });
  it('are found by the beginnings of their words', () => {
    expect(fits('', ['Kaluga Oblast'])).toBe(true);
    expect(fits('obl kal', ['Kaluga Oblast', 'Калужская область'])).toBe(true);
    expect(fits('ОРЕЛ', ['Орёл'])).toBe(true);
    expect(fits('uga', ['Kaluga Oblast'])).toBe(false);
  });
});

describe('the scale of a map', () => {
  it('keeps the point that it is changed at', () => {
    const near = scaled(WHOLE, 4, { x: 0.25, y: 0.5 });
    expect(near).toEqual({ k: 4, x: 0.3125, y: 0.5 });
    expect(0.5 + (0.25 - near.x) * near.k).toBeCloseTo(0.25);
    expect(scaled(near, 1 / 100)).toEqual(WHOLE);
  });
  it('never leaves the map', () => {
    expect(held({ k: 2, x: -5, y: 5 })).toEqual({ k: 2, x: 0.25, y: 0.75 });
    expect(held({ k: 1000, x: 0.5, y: 0.5 }).k).toBe(16);
    expect(viewBox({ k: 2, x: 0.25, y: 0.75 }, 800, 400)).toBe('0 200 400 200');
  });
  it('follows what has the focus, and only as far as it must', () => {
    const close = { k: 4, x: 0.5, y: 0.5 };
    expect(showing(close, { x: 0.55, y: 0.5 })).toEqual(close);
    expect(showing(close, { x: 0.8, y: 0.5 }).x).toBeCloseTo(0.7);
  });
  it('is read back from an address, and nonsense is the whole', () => {
    expect(readZoom(writeZoom({ k: 2.5, x: 0.3, y: 0.6 }))).toEqual({ k: 2.5, x: 0.3, y: 0.6 });
    expect(writeZoom(WHOLE)).toBe('');
    for (const text of [null, '', '1', '2,x,0.5', '2,0.5', 'NaN,0,0']) expect(readZoom(text)).toEqual(WHOLE);
  });
});

describe('arrow keys', () => {
  const spots = [{ id: 'o', x: 0, y: 0 }, { id: 'near', x: 10, y: 1 }, { id: 'far', x: 30, y: 0 }, { id: 'aside', x: 4, y: 20 }];
  it('lead to the nearest ahead, not to the nearest of all', () => {
    const from = spots[0] ?? { id: '', x: 0, y: 0 };
    expect(nextTowards('ArrowRight', from, spots)?.id).toBe('near');
    expect(nextTowards('ArrowDown', from, spots)?.id).toBe('aside');
    expect(nextTowards('ArrowLeft', from, spots)).toBeUndefined();
    expect(nextTowards('Tab', from, spots)).toBeUndefined();
  });
});

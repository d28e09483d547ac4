/* SPDX-License-Identifier: GPL-3.0-or-later
 * Areas of the map: cells that hold their centre and fill the hull, and polygons turned the way d3-geo wants them. */
import { describe, expect, it } from 'vitest';
import { boundaryAreas, centroid, clipConvex, paddedHull, rewind, roomAt, schematicAreas, signedArea } from '../src/state/areas';

type Point = [number, number];
const square: Point[] = [[0, 0], [10, 0], [10, 10], [0, 10]];

describe('cells', () => {
  it('are cut off by a convex outline, whichever way it turns', () => {
    const half: Point[] = [[5, -5], [20, -5], [20, 20], [5, 20]];
    expect(Math.abs(signedArea(clipConvex(square, half)))).toBeCloseTo(50);
    expect(Math.abs(signedArea(clipConvex(square, [...half].reverse())))).toBeCloseTo(50);
    expect(clipConvex(square, [[20, 20], [30, 20], [30, 30]])).toEqual([]);
  });
  it('together fill the padded hull', () => {
    const centres = Array.from({ length: 12 }, (_, i) => ({ id: String(i), lat: 54 + ((i * 7) % 5) / 5, lon: 35 + ((i * 5) % 12) / 8 }));
    const areas = schematicAreas(centres, 400, 400);
    expect(areas).toHaveLength(12);
    for (const area of areas) expect(area.d).toMatch(/^M[\d.,L-]+Z$/);
  });
  it('need no more than one centre', () => {
    expect(schematicAreas([], 400, 400)).toEqual([]);
    expect(schematicAreas([{ id: 'a', lat: 54, lon: 36 }], 400, 400)).toHaveLength(1);
  });
  it('have a hull that keeps its distance from the points', () => {
    const hull = paddedHull(square, 3);
    expect(Math.max(...hull.map((point) => point[0]))).toBeCloseTo(13);
    expect(Math.min(...hull.map((point) => point[1]))).toBeCloseTo(-3);
  });
});

describe('labels', () => {
  it('stand in the centre of gravity and know their room', () => {
    const wide: Point[] = [[0, 0], [100, 0], [100, 60], [0, 60]];
    expect(centroid(wide)).toEqual([50, 30]);
    expect(roomAt([wide], 50, 30)).toBeCloseTo(100);
    expect(roomAt([wide], 20, 30)).toBeCloseTo(40);
    expect(roomAt([wide], 50, 5)).toBe(0);
  });
});

describe('boundaries', () => {
  const ring: Point[] = [[35, 54], [36, 54], [36, 55], [35, 55], [35, 54]];
  const feature = (coordinates: Point[]) => ({
    type: 'FeatureCollection' as const,
    features: [{ type: 'Feature' as const, properties: { region: '1' }, geometry: { type: 'Polygon' as const, coordinates: [coordinates] } }],
  });
  it('are turned clockwise, whichever way they came', () => {
    for (const coordinates of [ring, [...ring].reverse()]) {
      const turned = rewind({ type: 'Polygon', coordinates: [coordinates] });
      expect(turned.type === 'Polygon' && signedArea((turned.coordinates[0] ?? []).slice(0, -1))).toBeLessThan(0);
    }
  });
  it('draw the same area either way, and not the rest of the globe', () => {
    const [one] = boundaryAreas(feature(ring), 400, 400);
    const [other] = boundaryAreas(feature([...ring].reverse()), 400, 400);
    expect(one?.x).toBeCloseTo(other?.x ?? 0, 3);
    expect(one?.x).toBeGreaterThan(150);
    expect(one?.x).toBeLessThan(250);
    expect((one?.d.match(/M/g) ?? []).length).toBe(1);
  });
  it('leave out features without a region', () => {
    const nameless = feature(ring);
    nameless.features = nameless.features.map((one) => ({ ...one, properties: {} as { region: string } }));
    expect(boundaryAreas(nameless, 400, 400)).toEqual([]);
  });
});

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Areas of the map on a plane: real polygons where boundaries are known, otherwise cells around the centres. Cells
 * are a picture of position only; who borders whom is never read from them. */
import { Delaunay } from 'd3-delaunay';
import { geoConicEqualArea, geoPath, type GeoProjection } from 'd3-geo';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import { sew } from './seam';

export interface Area {
  id: string;
  /** SVG path data. */
  d: string;
  /** Where a label goes. */
  x: number;
  y: number;
  /** How wide a label centred there may be without leaving the area. */
  room: number;
}

export interface Centre {
  id: string;
  lat: number;
  lon: number;
}

type Point = [number, number];

/** The meridian opposite the widest gap between the longitudes, so that a country on both sides of the 180° meridian stays
 * in one piece. */
export function middleLongitude(lons: readonly number[]): number {
  const sorted = [...lons].sort((a, b) => a - b);
  let [gap, west] = [-Infinity, sorted[0] ?? 0];
  let east = west;
  sorted.forEach((lon, i) => {
    const next = sorted[i + 1] ?? (sorted[0] ?? 0) + 360;
    if (next - lon <= gap) return;
    gap = next - lon;
    [west, east] = [sorted[(i + 1) % sorted.length] ?? lon, lon];
  });
  const middle = (west + (east < west ? east + 360 : east)) / 2;
  return middle > 180 ? middle - 360 : middle;
}

/** Equal areas, since the reader compares areas; parallels a sixth in from the edges. */
function projection(shape: GeoJSON.GeoJsonObject, points: Point[], width: number, height: number, pad: number): GeoProjection {
  // Boundaries have more points than a call can have arguments.
  let [south, north] = [Infinity, -Infinity];
  for (const [, lat] of points) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const middle = middleLongitude(points.map((point) => point[0]));
  const sixth = Math.max((north - south) / 6, 0.01);
  return geoConicEqualArea()
    .parallels([south + sixth, north - sixth])
    .rotate([-middle, 0])
    .center([0, (south + north) / 2])
    .fitExtent(
      [
        [pad, pad],
        [width - pad, height - pad],
      ],
      shape as Parameters<GeoProjection['fitExtent']>[1],
    );
}

/** The part of a convex polygon that lies inside another convex polygon (Sutherland and Hodgman). */
export function clipConvex(subject: Point[], clip: Point[]): Point[] {
  let out = subject;
  const turn = Math.sign(signedArea(clip)) || 1;
  for (let i = 0; i < clip.length; i += 1) {
    const [a, b] = [clip[i] as Point, clip[(i + 1) % clip.length] as Point];
    const side = (p: Point) => turn * ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
    const input = out;
    out = [];
    for (let k = 0; k < input.length; k += 1) {
      const [p, q] = [input[k] as Point, input[(k + 1) % input.length] as Point];
      const [sp, sq] = [side(p), side(q)];
      if (sp >= 0) out.push(p);
      if (sp >= 0 !== sq >= 0) {
        const t = sp / (sp - sq);
        out.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
      }
    }
  }
  return out;
}

export function signedArea(ring: readonly (readonly number[])[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 1) {
    const [p, q] = [ring[i], ring[(i + 1) % ring.length]];
    sum += (p?.[0] ?? 0) * (q?.[1] ?? 0) - (q?.[0] ?? 0) * (p?.[1] ?? 0);
  }
  return sum / 2;
}

/** The hull of the points, each grown to a disc of the given radius. */
export function paddedHull(points: Point[], radius: number): Point[] {
  const grown = points.flatMap(([x, y]) =>
    Array.from({ length: 32 }, (_, i): Point => {
      const angle = (i * Math.PI) / 16;
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    }),
  );
  return [...Delaunay.from(grown).hull].map((i) => grown[i] as Point);
}

/** Centre of gravity of a simple polygon; the mean of its corners where it has no area. */
export function centroid(ring: Point[]): Point {
  const area = signedArea(ring);
  if (Math.abs(area) < 1e-9) {
    const n = ring.length || 1;
    return [ring.reduce((sum, p) => sum + p[0], 0) / n, ring.reduce((sum, p) => sum + p[1], 0) / n];
  }
  let [x, y] = [0, 0];
  for (let i = 0; i < ring.length; i += 1) {
    const [p, q] = [ring[i] as Point, ring[(i + 1) % ring.length] as Point];
    const cross = p[0] * q[1] - q[0] * p[1];
    x += (p[0] + q[0]) * cross;
    y += (p[1] + q[1]) * cross;
  }
  return [x / (6 * area), y / (6 * area)];
}

/** Width of the widest text of two short lines that stays inside the rings when centred at a point. */
export function roomAt(rings: Point[][], x: number, y: number): number {
  let room = Infinity;
  for (const line of [y - 12, y + 14]) {
    let [left, right] = [-Infinity, Infinity];
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 1) {
        const [p, q] = [ring[i] as Point, ring[(i + 1) % ring.length] as Point];
        if (p[1] > line === q[1] > line) continue;
        const at = p[0] + ((line - p[1]) / (q[1] - p[1])) * (q[0] - p[0]);
        if (at <= x) left = Math.max(left, at);
        else right = Math.min(right, at);
      }
    }
    const here = 2 * Math.min(x - left, right - x);
    room = Math.min(room, Number.isFinite(here) ? here : 0);
  }
  return room;
}

function close(ring: Point[]): string {
  return ring.length < 3 ? '' : `M${ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}Z`;
}

/** Voronoi cells of the centres, cut off at the padded hull. */
export function schematicAreas(centres: Centre[], width: number, height: number): Area[] {
  if (centres.length === 0) return [];
  const coordinates = centres.map((centre): Point => [centre.lon, centre.lat]);
  const radius = Math.min(width, height) / 13;
  const shape = { type: 'MultiPoint', coordinates } as const;
  const project = projection(shape, coordinates, width, height, radius + 2);
  const points = coordinates.map((point) => (project(point) ?? [0, 0]) as Point);
  const hull = paddedHull(points, radius);
  const voronoi = Delaunay.from(points).voronoi([0, 0, width, height]);
  return centres.map((centre, i) => {
    const cell = clipConvex(((voronoi.cellPolygon(i) as Point[] | null) ?? []).slice(0, -1), hull);
    const [x, y] = cell.length > 2 ? centroid(cell) : (points[i] as Point);
    return { id: centre.id, d: close(cell), x, y, room: roomAt([cell], x, y) };
  });
}

/** d3-geo wants outer rings clockwise seen on the map, GeoJSON (RFC 7946) the reverse: turn what needs turning. */
export function rewind(geometry: Geometry): Geometry {
  const polygon = (rings: Position[][]) =>
    rings.map((ring, i) => (signedArea(ring.slice(0, -1)) > 0 === (i === 0) ? [...ring].reverse() : ring));
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: polygon(geometry.coordinates) };
  if (geometry.type === 'MultiPolygon') return { ...geometry, coordinates: geometry.coordinates.map(polygon) };
  return geometry;
}

/** Features that can be drawn, with all their points. */
function drawable(collection: FeatureCollection) {
  const features = collection.features
    .filter((feature) => feature.geometry && feature.properties?.region !== undefined)
    .map((feature) => ({ ...feature, geometry: sew(rewind(feature.geometry)) }));
  const points = features.flatMap(({ geometry }) => {
    if (geometry.type === 'Polygon') return geometry.coordinates.flat() as Point[];
    if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat(2) as Point[];
    return [];
  });
  return { features, points, shape: { type: 'FeatureCollection', features } as FeatureCollection };
}

/** How tall the boundaries are at a width. */
export function boundaryHeight(collection: FeatureCollection, width: number): number {
  const { points, shape } = drawable(collection);
  if (points.length === 0) return 0;
  const [[left, top], [right, bottom]] = geoPath(projection(shape, points, width, width, 4)).bounds(shape);
  return ((width - 8) * (bottom - top)) / (right - left) + 8;
}

/** Real boundaries. Features without a region or geometry are left out. */
export function boundaryAreas(collection: FeatureCollection, width: number, height: number): Area[] {
  const { features, points, shape } = drawable(collection);
  if (points.length === 0) return [];
  const project = projection(shape, points, width, height, 4);
  const path = geoPath(project).digits(1);
  return features.map((feature) => {
    const { geometry } = feature;
    const polygons =
      geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
    const rings = polygons.flat().map((ring) => ring.map((point) => (project(point as Point) ?? [0, 0]) as Point));
    const [x, y] = path.centroid(feature);
    return { id: String(feature.properties?.region), d: path(feature) ?? '', x, y, room: roomAt(rings, x, y) };
  });
}

export interface Tile {
  id: string;
  column: number;
  row: number;
}

/** Equal squares on a grid: position only, and room for every territory however small it is on the ground. */
export function tileAreas(tiles: Tile[], width: number): { areas: Area[]; height: number } {
  if (tiles.length === 0) return { areas: [], height: 0 };
  const [left, right] = [Math.min(...tiles.map((tile) => tile.column)), Math.max(...tiles.map((tile) => tile.column))];
  const [top, bottom] = [Math.min(...tiles.map((tile) => tile.row)), Math.max(...tiles.map((tile) => tile.row))];
  const side = width / (right - left + 1);
  const gap = side * 0.05;
  const areas = tiles.map(({ id, column, row }) => {
    const [x, y] = [(column - left) * side, (row - top) * side];
    const corners: Point[] = [
      [x + gap, y + gap],
      [x + side - gap, y + gap],
      [x + side - gap, y + side - gap],
      [x + gap, y + side - gap],
    ];
    return { id, d: close(corners), x: x + side / 2, y: y + side / 2, room: side - 2 * gap };
  });
  return { areas, height: (bottom - top + 1) * side };
}

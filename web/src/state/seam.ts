/* SPDX-License-Identifier: GPL-3.0-or-later
 * Countries on both sides of the 180° meridian arrive cut along it, as GeoJSON (RFC 7946) asks. On a map turned towards them
 * the cut would be drawn as a boundary that nobody has: this sews such polygons together again. */
import type { Geometry, Position } from 'geojson';

const onSeam = (point: Position | undefined) => Math.abs(Math.abs(point?.[0] ?? 0) - 180) < 1e-6;
const lat = (point: Position | undefined) => point?.[1] ?? NaN;

/** The parts of a closed ring between its edges along the meridian; none where it has no such edge. */
function chains(ring: Position[]): Position[][] {
  const points = ring.slice(0, -1);
  const n = points.length;
  const cut = (i: number) => onSeam(points[i % n]) && onSeam(points[(i + 1) % n]);
  const start = points.findIndex((_, i) => cut(i) && !cut(i + 1));
  if (start < 0) return [];
  const out: Position[][] = [];
  let chain: Position[] = [];
  for (let step = 1; step <= n; step += 1) {
    const at = start + step;
    chain.push(points[at % n] as Position);
    if (!cut(at)) continue;
    if (chain.length > 1) out.push(chain);
    chain = [];
  }
  return out;
}

/** Outer rings must turn the same way. */
export function sew(geometry: Geometry): Geometry {
  if (geometry.type !== 'MultiPolygon') return geometry;
  const kept: Position[][][] = [];
  const holes: Position[][] = [];
  const open: Position[][] = [];
  for (const polygon of geometry.coordinates) {
    const [outer = [], ...inner] = polygon;
    const parts = chains(outer);
    if (parts.length === 0) kept.push(polygon);
    else {
      open.push(...parts);
      holes.push(...inner);
    }
  }
  if (open.length === 0) return geometry;
  const sewn: Position[][][] = [];
  while (open.length > 0) {
    const ring = [...(open.pop() as Position[])];
    const [first] = ring;
    // On to the part that begins nearest along the meridian, until that is where the ring began: where the two sides do not
    // meet, the ring goes along the meridian as before.
    for (;;) {
      const gap = (chain: Position[]) => Math.abs(lat(chain[0]) - lat(ring.at(-1)));
      const [next] = open.map((chain, i) => ({ i, gap: gap(chain) })).sort((p, q) => p.gap - q.gap);
      if (!next || gap(ring) <= next.gap) break;
      ring.push(...(open.splice(next.i, 1)[0] as Position[]));
    }
    sewn.push([[...ring, first as Position]]);
  }
  sewn[0]?.push(...holes);
  return { ...geometry, coordinates: [...kept, ...sewn] };
}

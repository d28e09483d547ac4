/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which part of a map is seen: how many times it is enlarged and where its middle is, in parts of the whole, so that two
 * maps of different sizes can share it and an address can carry it. */
export interface Zoom {
  k: number;
  x: number;
  y: number;
}

export const WHOLE: Zoom = { k: 1, x: 0.5, y: 0.5 };
export const CLOSEST = 16;

/** Never beyond the edge of the map. */
export function held({ k, x, y }: Zoom): Zoom {
  const scale = Math.min(Math.max(k, 1), CLOSEST);
  const half = 0.5 / scale;
  const within = (at: number) => Math.min(Math.max(at, half), 1 - half);
  return { k: scale, x: within(x), y: within(y) };
}

/** Closer or further; the point `at` (in parts of the whole) stays where it is on the screen. */
export function scaled(zoom: Zoom, factor: number, at: { x: number; y: number } = zoom): Zoom {
  const k = Math.min(Math.max(zoom.k * factor, 1), CLOSEST);
  const keep = zoom.k / k;
  return held({ k, x: at.x + (zoom.x - at.x) * keep, y: at.y + (zoom.y - at.y) * keep });
}

/** Moved just so far that a point is in sight, with some room around it. */
export function showing(zoom: Zoom, at: { x: number; y: number }): Zoom {
  const reach = 0.4 / zoom.k;
  const near = (middle: number, point: number) => Math.min(Math.max(middle, point - reach), point + reach);
  return held({ k: zoom.k, x: near(zoom.x, at.x), y: near(zoom.y, at.y) });
}

export function viewBox(zoom: Zoom, width: number, height: number): string {
  const [w, h] = [width / zoom.k, height / zoom.k];
  return [zoom.x * width - w / 2, zoom.y * height - h / 2, w, h].map((one) => Number(one.toFixed(2))).join(' ');
}

export function writeZoom(zoom: Zoom): string {
  return zoom.k === 1 ? '' : [zoom.k, zoom.x, zoom.y].map((one) => Number(one.toFixed(3))).join(',');
}

export function readZoom(text: string | null): Zoom {
  const parts = (text ?? '').split(',').map(Number);
  const [k, x, y] = parts;
  if (parts.length !== 3 || k === undefined || x === undefined || y === undefined || !parts.every(Number.isFinite)) return WHOLE;
  return held({ k, x, y });
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where an arrow key leads: from one point of a map or plot to the next in that direction. */
export interface Spot {
  id: string;
  x: number;
  y: number;
}

const TOWARDS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest spot ahead, within about a right angle; distance aside counts double. Undefined at the edge and for other
 * keys. */
export function nextTowards<T extends Spot>(key: string, from: Spot, spots: readonly T[]): T | undefined {
  const towards = TOWARDS[key];
  if (!towards) return undefined;
  let best: T | undefined;
  let least = Infinity;
  for (const spot of spots) {
    const [dx, dy] = [spot.x - from.x, spot.y - from.y];
    const along = dx * towards[0] + dy * towards[1];
    const across = Math.abs(dx * towards[1]) + Math.abs(dy * towards[0]);
    if (spot.id === from.id || along <= 0 || across > along * 1.5 || along + 2 * across >= least) continue;
    least = along + 2 * across;
    best = spot;
  }
  return best;
}

export const isArrow = (key: string): boolean => key in TOWARDS;

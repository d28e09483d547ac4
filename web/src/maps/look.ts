/* SPDX-License-Identifier: GPL-3.0-or-later
 * How one area of a map looks and what it says of itself. */
import type { Doubt } from '../state/classes';

export interface AreaLook {
  fill: string;
  doubt: Doubt;
  /** Left pale, because it is not among those asked for. */
  pale?: boolean;
  name: string;
  /** The name as short as it can be told apart. */
  short: string;
  /** A short mark in the area (a section's letter), besides the name. */
  letter: string;
  /** Said by screen readers and shown in the tooltip. */
  lines: string[];
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Positions on an axis in percent of its width, so that charts stretch without being measured. Values beyond the
 * ends are held at the end and reported as such. */
export interface Scale {
  at(value: number): number;
  /** -1 left of the axis, 1 right of it, 0 on it. */
  beyond(value: number): -1 | 0 | 1;
  ticks: number[];
}

function build(low: number, high: number, ticks: number[], map: (value: number) => number): Scale {
  const [from, to] = [map(low), map(high)];
  return {
    at: (value) => {
      const held = Math.min(Math.max(value, low), high);
      return (100 * (map(held) - from)) / (to - from || 1);
    },
    beyond: (value) => (value < low ? -1 : value > high ? 1 : 0),
    ticks,
  };
}

/** Powers of two: 2 is as far right of 1 as 0.5 is left of it. */
export function logScale(low: number, high: number): Scale {
  const ticks: number[] = [];
  for (let tick = 2 ** Math.ceil(Math.log2(low)); tick <= high * 1.0001; tick *= 2) ticks.push(tick);
  return build(low, high, ticks, (value) => Math.log(Math.max(value, 1e-12)));
}

/** The smallest power-of-two axis that holds the values, within 1/8 … 32. */
export function logScaleFor(values: number[]): Scale {
  const held = values.filter((value) => value > 0);
  const low = Math.min(0.5, ...held);
  const high = Math.max(2, ...held);
  return logScale(
    Math.max(0.125, 2 ** Math.floor(Math.log2(low))),
    Math.min(32, 2 ** Math.ceil(Math.log2(high))),
  );
}

/** An axis from `base` on with about four round ticks. */
export function linearScaleFor(values: number[], base: number): Scale {
  const high = Math.max(base + 1e-9, ...values);
  const rough = (high - base) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((unit) => unit * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  const end = base + Math.ceil((high - base) / step - 1e-9) * step;
  for (let i = 0; base + i * step <= end + step * 1e-9; i += 1) ticks.push(Number((base + i * step).toPrecision(12)));
  return build(base, end, ticks, (value) => value);
}

/** Powers of ten around the positive values, for sizes that differ a thousandfold. */
export function decadeScaleFor(values: number[]): Scale {
  const held = values.filter((value) => value > 0);
  const low = 10 ** Math.floor(Math.log10(Math.min(...held, held.length > 0 ? Infinity : 1)));
  const high = Math.max(low * 10, 10 ** Math.ceil(Math.log10(Math.max(...held, held.length > 0 ? 0 : 1))));
  const ticks: number[] = [];
  for (let tick = low; tick <= high * 1.0001; tick *= 10) ticks.push(Number(tick.toPrecision(6)));
  return build(low, high, ticks, (value) => Math.log(Math.max(value, low / 10)));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A part of the catalogue: see vite.config.js. */
declare module '*.json?part=first' {
  const texts: Record<string, string>;
  export default texts;
}
declare module '*.json?part=more' {
  const texts: Record<string, string>;
  export default texts;
}

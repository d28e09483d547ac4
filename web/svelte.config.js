/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every component is written with runes. */
export default { compilerOptions: { runes: true } };

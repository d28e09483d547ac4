/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Work that takes as long as its permutations say, drawn by one thread (OMP_NUM_THREADS=1). The tables are stored as `ring`
 * and `links`.
 */
/* Each of 3,000 regions has forty neighbours of unequal weights: draws cannot be shared. */
export function ring() {
  const values = ['region,value'];
  const links = ['a,b,weight'];
  for (let i = 0; i < 3000; i++) {
    values.push(`r${i},${(i * 7919) % 1000}`);
    for (let k = 1; k <= 40; k++) {
      links.push(`r${i},r${(i + k * k) % 3000},${1 + ((i * 31 + k * 17) % 100) / 100}`);
    }
  }
  return [values, links].map((lines) => `${lines.join('\n')}\n`);
}

const permuting = (permutations) => ({ analysis: 'local-moran', input: '#ring',
  options: [{ name: 'weights', value: '#links' }, { name: 'permutations', value: permutations }] });
export const longPermutations = '60000';
export const long = permuting(longPermutations); /* seconds */
export const endless = permuting('999999'); /* is not waited for */

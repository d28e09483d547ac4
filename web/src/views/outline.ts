/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a report of the server holds, read from its own document: what its first page says of the status and of what is lacking,
 * and its parts with what stands in each. Nothing of it is put into the page but text. */
export interface Outline {
  cards: { title: string; items: string[] }[];
  parts: { title: string; holds: string[]; says: string }[];
}

const LONG = 200;
const textOf = (node: Element): string => node.textContent.replaceAll(/\s+/g, ' ').trim();

/** The elements that follow a heading, up to the next one of its level. */
function under(heading: Element): Element[] {
  const out: Element[] = [];
  for (let next = heading.nextElementSibling; next && next.tagName !== 'H2' && !next.classList.contains('break'); next = next.nextElementSibling) out.push(next);
  return out;
}

export function outlineOf(html: string): Outline {
  /* Even where nothing is drawn, the page's content policy forbids styles that are not its own. */
  const plain = html.replaceAll(/<(style|svg)\b[\s\S]*?<\/\1>/g, '');
  const document = new DOMParser().parseFromString(plain, 'text/html');
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  return {
    cards: all('h2.card').map((heading) => ({
      title: textOf(heading),
      items: under(heading).flatMap((one) => (one.tagName === 'UL' ? [...one.children].map(textOf) : [textOf(one)])),
    })),
    parts: all('h2[id]').map((heading) => {
      const below = under(heading);
      const holds = below.flatMap((one) => [...one.querySelectorAll('caption, figcaption')].map(textOf));
      const first = textOf((below[0]?.tagName === 'UL' ? below[0].firstElementChild : below[0]) ?? heading);
      const says = first.length > LONG ? `${first.slice(0, first.lastIndexOf(' ', LONG))} …` : first;
      return { title: textOf(heading).replace(/^\d+\s/, ''), holds, says: holds.length > 0 ? '' : says };
    }),
  };
}

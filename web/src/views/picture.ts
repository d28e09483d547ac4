/* SPDX-License-Identifier: GPL-3.0-or-later
 * A map with its title and legend as a picture that stands alone: every style written into it, nothing left to the page. */

const SVG = 'http://www.w3.org/2000/svg';
const STYLES = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linejoin', 'opacity',
  'vector-effect', 'paint-order', 'font-size', 'font-weight', 'text-anchor',
];
const PAGE = ['class', 'role', 'tabindex', 'aria-label', 'aria-pressed', 'aria-hidden', 'focusable'];
const FONT = "'PT Sans', 'DejaVu Sans', sans-serif";
const [MARGIN, LINE, SWATCH, GAP] = [16, 22, 26, 18];

/** A drawing of the page as it looks now. */
function still(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const now = [drawing, ...drawing.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((one, i) => {
    const style = getComputedStyle(now[i] as Element);
    if (one.matches('path, text, rect, circle, line')) for (const name of STYLES) one.setAttribute(name, style.getPropertyValue(name));
    for (const name of PAGE) one.removeAttribute(name);
  });
  return copy;
}

function add(to: Element, name: string, attributes: Record<string, string | number>, text = ''): Element {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return to.appendChild(made);
}

export function picture(map: SVGSVGElement, legend: Element | null, title: string, notes: string[]): SVGSVGElement {
  const style = getComputedStyle(document.body);
  const ink = style.color;
  const pen = document.createElement('canvas').getContext('2d');
  const long = (text: string, size: number, weight = 400) => {
    if (!pen) return text.length * size * 0.6;
    pen.font = `${weight} ${size}px ${FONT}`;
    return pen.measureText(text).width * 1.06; // whoever opens it may have another font
  };
  const [inner, tall] = [Number(map.getAttribute('width')), Number(map.getAttribute('height'))];
  const whole = document.createElementNS(SVG, 'svg');
  whole.setAttribute('xmlns', SVG);
  const ground = add(whole, 'rect', { fill: getComputedStyle(document.documentElement).getPropertyValue('--paper') });
  const words = add(whole, 'g', { 'font-family': FONT, fill: ink });
  let y = MARGIN;

  const write = (text: string, size: number, weight: number) => {
    let line = '';
    for (const word of [...text.split(' '), '']) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (word !== '' && long(longer, size, weight) <= inner) line = longer;
      else {
        y += size * 1.35;
        add(words, 'text', { x: MARGIN, y: y - size * 0.35, 'font-size': size, 'font-weight': weight }, line);
        line = word;
      }
    }
  };

  write(title, 17, 700);
  let x = MARGIN;
  y += 8;
  for (const item of legend?.querySelectorAll('li') ?? []) {
    const swatch = item.querySelector('.swatch');
    const letter = swatch instanceof HTMLElement ? (swatch.textContent ?? '').trim() : '';
    const own = [...item.childNodes].filter((one) => one instanceof Text).map((one) => one.textContent ?? '').join('').trim();
    const count = item.querySelector('.count')?.textContent ?? '';
    const said = count === '' ? own : `${own} · ${count}`;
    const width = SWATCH + 7 + long(said, 13) + GAP;
    if (x > MARGIN && x + width - GAP > MARGIN + inner) [x, y] = [MARGIN, y + LINE];
    if (swatch instanceof SVGSVGElement) {
      const drawn = still(swatch);
      drawn.setAttribute('x', String(x));
      drawn.setAttribute('y', String(y + 1));
      whole.append(drawn);
    } else if (swatch) {
      add(whole, 'rect', { x, y, width: SWATCH, height: 18, rx: 3, fill: getComputedStyle(swatch).backgroundColor });
      if (letter) add(whole, 'text', { x: x + SWATCH / 2, y: y + 13.5, 'font-family': FONT, 'font-size': 12.5, 'font-weight': 700, 'text-anchor': 'middle', fill: getComputedStyle(swatch).color }, letter);
    }
    add(words, 'text', { x: x + SWATCH + 7, y: y + 14, 'font-size': 13 }, said);
    x += width;
  }
  y += (x > MARGIN ? LINE : 0) + 8;
  const drawn = still(map);
  for (const [name, value] of Object.entries({ x: MARGIN, y, width: inner, height: tall, 'font-family': FONT, 'text-anchor': 'middle' })) drawn.setAttribute(name, String(value));
  whole.append(drawn);
  y += tall + 8;
  for (const note of notes) write(note, 11.5, 400);
  const size = { width: inner + 2 * MARGIN, height: Math.ceil(y + MARGIN) };
  for (const [name, value] of Object.entries(size)) {
    ground.setAttribute(name, String(value));
    whole.setAttribute(name, String(value));
  }
  whole.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
  return whole;
}

export function asSvg(drawing: SVGSVGElement): Blob {
  return new Blob([new XMLSerializer().serializeToString(drawing)], { type: 'image/svg+xml' });
}

/** Three dots for each unit: sharp in print. */
export async function asPng(drawing: SVGSVGElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [3 * Number(drawing.getAttribute('width')), 3 * Number(drawing.getAttribute('height'))];
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawing))}`;
  await image.decode();
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'));
}

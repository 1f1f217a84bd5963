import type { DrawnPictures, PicturePair } from '../../evaluate/illustrations/drawn-pictures.js';
import { escapeHtml } from '../escape.js';
import { pngOf } from '../png.js';
import { type Section, section } from './section.js';

/** Synthetic images, or spectrograms of sounds, beside the nearest real ones. */
export function pictures(drawn: DrawnPictures): Section {
  const { column, isSound, pairs, realDistance } = drawn;
  const noun = isSound ? 'sound' : 'image';
  const usual =
    realDistance === null
      ? ''
      : ` Real ${noun}s are ${realDistance.toFixed(3)} from the nearest other real one, on average: much less is a copy.`;
  const kind = isSound
    ? ' Sounds are drawn as log-mel spectrograms: time runs to the right, low frequencies are at the bottom.'
    : '';
  const cards = pairs.map((pair, k) => pairOf(drawn, noun, pair, k));
  return section(
    'pictures',
    `${isSound ? 'Sounds' : 'Images'} and their nearest real ones`,
    `<p>Synthetic ${noun}s of '${escapeHtml(column)}', each beside the real one that is nearest to it, pixel by pixel.${kind} Below, the root of the mean squared difference; black and white differ by 1.${usual} The real ones are data: share this page as you would share them.</p>`,
    `<div class="pairs">${cards.join('\n')}</div>`,
  );
}

function pairOf(
  drawn: DrawnPictures,
  noun: string,
  { synthetic, nearest, distance }: PicturePair,
  index: number,
): string {
  const name = `${noun} ${index + 1}`;
  return (
    `<figure>${imageOf(drawn, synthetic, `synthetic ${name}`)}` +
    `${imageOf(drawn, nearest, `real one nearest to ${name}`)}` +
    `<figcaption>${distance.toFixed(3)}</figcaption></figure>`
  );
}

function imageOf(shape: DrawnPictures, bytes: string, name: string): string {
  const png = pngOf(Buffer.from(bytes, 'base64'), shape).toString('base64');
  const size = `width="${shape.width}" height="${shape.height}"`;
  return `<img alt="${escapeHtml(name)}" ${size} src="data:image/png;base64,${png}">`;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Data, Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import sharp from 'sharp';
import { makeBatch } from '../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../src/data/tensor/make.js';
import { tensorField } from '../../src/data/tensor/type.js';
import { createRandom } from '../../src/random.js';

/** Height and width of the pictures. */
export const side = 64;

const packages = {
  outline: '@iconify-json/fluent-emoji-high-contrast',
  color: '@iconify-json/fluent-emoji-flat',
} as const;

/** The packages that hold the emoji, by Microsoft under the MIT licence, and their version. */
export const emojiPackages = Object.values(packages).map((name) => `${name}@1.2.6`);

interface IconSet {
  readonly icons: Readonly<Record<string, { readonly body: string }>>;
}

/** Pairs of one emoji each: its outline in one colour, and the coloured picture. */
export interface Emoji {
  readonly names: readonly string[];
  readonly outlines: Uint8Array;
  readonly colors: Uint8Array;
}

export const outlineField = tensorField('outline', { element: 'uint8', shape: [side, side, 1] });
export const colorField = tensorField('color', { element: 'uint8', shape: [side, side, 3] });
const schema = new Schema([new Field('name', new Utf8(), false), outlineField, colorField]);

/** Emoji as rows. */
export function emojiBatch({ names, outlines, colors }: Emoji): RecordBatch {
  const name = vectorFromArray([...names], new Utf8()).data[0] as Data;
  const columns = [
    name,
    makeTensorColumn(outlineField, outlines),
    makeTensorColumn(colorField, colors),
  ];
  return makeBatch(schema, columns, names.length);
}

/** Reads and draws all emoji that both sets have, from a folder into which the packages were installed. */
export async function readEmoji(folder: string): Promise<Emoji> {
  const read = async (name: string): Promise<IconSet['icons']> => {
    const path = join(folder, 'node_modules', name, 'icons.json');
    return (JSON.parse(await readFile(path, 'utf8')) as IconSet).icons;
  };
  const [outline, color] = [await read(packages.outline), await read(packages.color)];
  const names = Object.keys(outline)
    .filter((name) => name in color)
    .sort();
  const outlines = new Uint8Array(names.length * side * side);
  const colors = new Uint8Array(names.length * side * side * 3);
  for (const [k, name] of names.entries()) {
    outlines.set(await draw(outline[name]?.body ?? '', 1), k * side * side);
    colors.set(await draw(color[name]?.body ?? '', 3), k * side * side * 3);
  }
  return { names, outlines, colors };
}

/** Draws one on white. */
async function draw(body: string, channels: 1 | 3): Promise<Buffer> {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" ` +
    `viewBox="0 0 32 32" color="black">${body}</svg>`;
  const image = sharp(Buffer.from(svg)).flatten({ background: 'white' });
  const own =
    channels === 1 ? image.toColourspace('b-w') : image.toColourspace('srgb').removeAlpha();
  return own.raw().toBuffer();
}

/** Words that tell emoji apart which are drawn nearly alike. */
const people = /^(man|woman|men|women|person|people|boy|girl|mermaid|merman|merperson|old|older)$/;
const series = /(keycap|oclock|thirty|input|circle|square|heart|moon|hand|globe|button|fist|mail)/;

/** Emoji of one key are near-copies of each other: all are learned from, or all are held out. */
function keyOf(name: string): string {
  const words = name.split('-').filter((word) => !people.test(word));
  const found = series.exec(name);
  if (found) return found[0];
  return words.sort().join('-') || 'person';
}

/** Splits emoji into some to learn from and a tenth to test on, so that no near-copy is in both. */
export function splitEmoji(emoji: Emoji, seed: number): { train: Emoji; test: Emoji } {
  const random = createRandom(seed);
  const isHeld = (name: string) => random.fork(keyOf(name)).uniform() < 0.1;
  const places = [...emoji.names.keys()];
  return {
    train: pick(
      emoji,
      places.filter((k) => !isHeld(emoji.names[k] as string)),
    ),
    test: pick(
      emoji,
      places.filter((k) => isHeld(emoji.names[k] as string)),
    ),
  };
}

export function pick({ names, outlines, colors }: Emoji, places: readonly number[]): Emoji {
  const size = side * side;
  const part = (all: Uint8Array, length: number) => {
    const some = new Uint8Array(places.length * length);
    for (const [to, from] of places.entries()) {
      some.set(all.subarray(from * length, (from + 1) * length), to * length);
    }
    return some;
  };
  return {
    names: places.map((k) => names[k] as string),
    outlines: part(outlines, size),
    colors: part(colors, 3 * size),
  };
}

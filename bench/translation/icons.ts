import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { createRandom } from '../../src/random.js';

/** Packages of emoji: Microsoft's Fluent under the MIT licence, Google's Noto under the Apache licence 2.0. */
const packages = {
  'fluent-outline': '@iconify-json/fluent-emoji-high-contrast@1.2.6',
  'fluent-color': '@iconify-json/fluent-emoji-flat@1.2.6',
  noto: '@iconify-json/noto@1.2.9',
} as const;

/** A set of emoji that lies in a folder. */
export type IconSetName = keyof typeof packages;

/** What is drawn of an emoji: the inside of an SVG of so many units. */
interface IconSet {
  readonly width: number;
  readonly icons: Readonly<Record<string, { readonly body: string; readonly width?: number }>>;
}

/** Installs the packages of emoji, without dependencies of ours, into a folder of their own. */
export async function fetchIcons(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const wanted = Object.values(packages);
  await promisify(execFile)('npm', ['install', ...options, '--prefix', folder, ...wanted]);
}

const pathOf = (folder: string, name: IconSetName, file: string) =>
  join(folder, 'node_modules', packages[name].replace(/@[\d.]+$/, ''), file);

/** Reads one set, by the names of its emoji. */
export async function readIcons(folder: string, name: IconSetName): Promise<IconSet> {
  return JSON.parse(await readFile(pathOf(folder, name, 'icons.json'), 'utf8'));
}

/** The group of each emoji by its name, such as 'Food & Drink'. */
export async function readGroups(folder: string, name: IconSetName): Promise<Map<string, string>> {
  const { categories } = JSON.parse(await readFile(pathOf(folder, name, 'metadata.json'), 'utf8'));
  return new Map(
    Object.entries(categories as Record<string, string[]>).flatMap(([group, names]) =>
      names.map((own) => [own, group] as const),
    ),
  );
}

/** Names that all of some sets have, in order. */
export function sharedNames(sets: readonly IconSet[]): string[] {
  const [first, ...others] = sets;
  return Object.keys(first?.icons ?? {})
    .filter((name) => others.every(({ icons }) => name in icons))
    .sort();
}

/** Height, width and channels of pictures. */
export interface PictureSize {
  readonly side: number;
  readonly channels: 1 | 3;
}

/** Draws emoji of a set on white, one after the other: [names, side, side, channels]. */
export async function drawIcons(
  { icons, width }: IconSet,
  names: readonly string[],
  { side, channels }: PictureSize,
): Promise<Uint8Array> {
  const size = side * side * channels;
  const all = new Uint8Array(names.length * size);
  for (const [k, name] of names.entries()) {
    const { body = '', width: own = width } = icons[name] ?? {};
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" ` +
      `viewBox="0 0 ${own} ${own}" color="black">${body}</svg>`;
    all.set(await drawSvg(Buffer.from(svg), { side, channels }), k * size);
  }
  return all;
}

/** Draws one picture on white: [side, side, channels]. */
export async function drawSvg(svg: Buffer, { side, channels }: PictureSize): Promise<Buffer> {
  const image = sharp(svg).resize(side, side).flatten({ background: 'white' });
  const plain =
    channels === 1 ? image.toColourspace('b-w') : image.toColourspace('srgb').removeAlpha();
  return plain.raw().toBuffer();
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

/** A number in [0, 1) that is the same for near-copies, to split emoji by. */
export function drawByKey(name: string, seed: number): number {
  return createRandom(seed).fork(keyOf(name)).uniform();
}

/** Some images of those that lie one after the other. */
export function pickImages(
  images: Uint8Array,
  places: readonly number[],
  { side, channels }: PictureSize,
): Uint8Array {
  const size = side * side * channels;
  const picked = new Uint8Array(places.length * size);
  for (const [to, from] of places.entries()) {
    picked.set(images.subarray(from * size, (from + 1) * size), to * size);
  }
  return picked;
}

import { type Data, Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { drawByKey, drawIcons, pickImages, readIcons, sharedNames } from '../icons.js';

/** Height and width of the pictures. */
export const side = 64;

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
  const outline = await readIcons(folder, 'fluent-outline');
  const color = await readIcons(folder, 'fluent-color');
  const names = sharedNames([outline, color]);
  return {
    names,
    outlines: await drawIcons(outline, names, { side, channels: 1 }),
    colors: await drawIcons(color, names, { side, channels: 3 }),
  };
}

/** Splits emoji into some to learn from and a tenth to test on, so that no near-copy is in both. */
export function splitEmoji(emoji: Emoji, seed: number): { train: Emoji; test: Emoji } {
  const isHeld = (name: string) => drawByKey(name, seed) < 0.1;
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

function pick({ names, outlines, colors }: Emoji, places: readonly number[]): Emoji {
  return {
    names: places.map((k) => names[k] as string),
    outlines: pickImages(outlines, places, { side, channels: 1 }),
    colors: pickImages(colors, places, { side, channels: 3 }),
  };
}

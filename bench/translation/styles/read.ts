import { type Data, Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { drawByKey, drawIcons, pickImages, readGroups, readIcons, sharedNames } from '../icons.js';

/** Emoji in one style: names, groups, and colour images one after the other. */
export interface StyledEmoji {
  readonly style: 'fluent' | 'noto';
  readonly names: readonly string[];
  readonly groups: readonly string[];
  readonly images: Uint8Array;
}

/** The same emoji in two styles, of which each is learned in one style alone, or held out in both. */
export interface TwoStyles {
  /** In Fluent's style, to learn from. */
  readonly source: StyledEmoji;
  /** In Noto's style, to learn from: other emoji. */
  readonly target: StyledEmoji;
  /** What `source` is in Noto's style, never learned from. */
  readonly hidden: StyledEmoji;
  /** Held out, emoji by emoji in both styles. */
  readonly test: Readonly<Record<'source' | 'target', StyledEmoji>>;
}

/** Pictures are of 32 × 32 pixels, in colour. */
export const size = { side: 32, channels: 3 } as const;

/** Share of the emoji that are held out. */
const held = 0.15;
/** A group of 8 flags is too small to be told. */
const tooSmall = 'Flags';

const imageField = tensorField('image', {
  element: 'uint8',
  shape: [size.side, size.side, size.channels],
});
const textField = (name: string) => new Field(name, new Utf8(), false);
const schema = new Schema([textField('name'), textField('group'), textField('style'), imageField]);

/** Reads emoji that both sets have, and splits them so that near-copies stay together. */
export async function readStyles(folder: string, seed: number): Promise<TwoStyles> {
  const [fluent, noto] = [await readIcons(folder, 'fluent-color'), await readIcons(folder, 'noto')];
  const groups = await readGroups(folder, 'fluent-color');
  const names = sharedNames([fluent, noto]).filter((name) => {
    const group = groups.get(name);
    return group !== undefined && group !== tooSmall;
  });
  const images = {
    fluent: await drawIcons(fluent, names, size),
    noto: await drawIcons(noto, names, size),
  };
  const pick = (style: StyledEmoji['style'], from: number, to: number): StyledEmoji => {
    const places = [...names.keys()].filter((k) => {
      const drawn = drawByKey(names[k] as string, seed);
      return drawn >= from && drawn < to;
    });
    const own = places.map((k) => names[k] as string);
    return {
      style,
      names: own,
      groups: own.map((name) => groups.get(name) as string),
      images: pickImages(images[style], places, size),
    };
  };
  const middle = (1 + held) / 2;
  return {
    source: pick('fluent', held, middle),
    target: pick('noto', middle, 1),
    hidden: pick('noto', held, middle),
    test: { source: pick('fluent', 0, held), target: pick('noto', 0, held) },
  };
}

/** Emoji as rows: `name`, `group`, `style`, `image`. */
export function stylesBatch({ style, names, groups, images }: StyledEmoji): RecordBatch {
  const texts = (values: readonly string[]) =>
    vectorFromArray([...values], new Utf8()).data[0] as Data;
  const columns = [
    texts(names),
    texts(groups),
    texts(names.map(() => style)),
    makeTensorColumn(imageField, images),
  ];
  return makeBatch(schema, columns, names.length);
}

import { Field, Float64, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { createRandom } from '../../../src/random.js';

const things = {
  shoes: ['running shoe', 'trail shoe', 'boot', 'sandal'],
  lamps: ['desk lamp', 'floor lamp', 'lantern'],
} as const;

/** Words that titles of products begin with. */
const colours = ['Red', 'Blue', 'Green', 'Grey', 'Black'];

/** A table of products: a title that suits the category, some without, and a price. */
export function products(rows = 600, seed = 9): RecordBatch {
  const random = createRandom(seed);
  const pick = <T>(all: readonly T[]) => all[random.integer(all.length)] as T;
  const drawn = Array.from({ length: rows }, () => {
    const category = pick(['shoes', 'lamps'] as const);
    const title = `${pick(colours)} ${pick(things[category])} No. ${random.integer(900)}`;
    return { category, title: random.uniform() < 0.1 ? null : title };
  });
  const columns = {
    title: vectorFromArray(
      drawn.map(({ title }) => title),
      new Utf8(),
    ),
    category: vectorFromArray(
      drawn.map(({ category }) => category),
      new Utf8(),
    ),
    price: vectorFromArray(
      drawn.map(({ category }) => (category === 'lamps' ? 60 : 90) + 5 * random.normal()),
      new Float64(),
    ),
  };
  const schema = new Schema(
    Object.entries(columns).map(([name, { type }]) => new Field(name, type, name !== 'category')),
  );
  const data = Object.values(columns).map((vector) => vector.data[0] as never);
  return makeBatch(schema, data, rows);
}

/** Whether a title is one of a product of the category. */
export function suits(title: string, category: keyof typeof things): boolean {
  return things[category].some((thing) => title.includes(thing));
}

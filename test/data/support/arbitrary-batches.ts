export { arbitraryBatches } from '../../../src/testing/arbitrary-batches.js';
export {
  arrowTypes as allTypes,
  parquetTypes as commonTypes,
} from '../../../src/testing/arbitrary-types.js';

/** The items, as an async iterable. */
export async function* asyncFrom<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* items;
}

/** All items of an async iterable. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

import { type Data, type RecordBatch, Vector } from 'apache-arrow';
import { makeBatch } from '../batches/batch.js';
import { gatherData } from '../gather/data.js';
import { createRunList } from '../gather/runs.js';

/**
 * The same batch, with each dictionary in one chunk, which writers write as a whole: several make
 * a 'delta', which many readers do not know.
 */
export function wholeDictionaries(batch: RecordBatch): RecordBatch {
  // Columns may share a dictionary, and have to go on sharing it.
  const done = new Map<Vector, Vector>();
  const columns = batch.data.children.map(wholeData);
  const isSame = columns.every((column, k) => column === batch.data.children[k]);
  return isSame ? batch : makeBatch(batch.schema, columns, batch.numRows);

  function wholeData(data: Data): Data {
    const children = data.children.map(wholeData);
    const dictionary = data.dictionary && wholeVector(data.dictionary);
    const isSame = children.every((child, k) => child === data.children[k]);
    if (isSame && dictionary === data.dictionary) return data;
    const { type, offset, length, nullCount } = data;
    // Declared as a list of buffers, but a Data in their place keeps the buffers as they are.
    const copy = data.clone(type, offset, length, nullCount, data as never, children);
    return Object.assign(copy, { dictionary });
  }

  function wholeVector(vector: Vector): Vector {
    const known = done.get(vector);
    if (known) return known;
    const [chunk] = vector.data;
    const joined = vector.data.length === 1 && chunk ? chunk : joinChunks(vector);
    const whole = wholeData(joined);
    const result = whole === chunk ? vector : new Vector([whole]);
    done.set(vector, result);
    return result;
  }
}

function joinChunks({ type, data }: Vector): Data {
  const runs = createRunList(data.length);
  for (const [source, { length }] of data.entries()) runs.add(source, 0, length);
  return gatherData(type, data, runs);
}

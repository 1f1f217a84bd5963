import { Data, type DataType, type Dictionary, type Field, Vector } from 'apache-arrow';

/** Makes arrays of this copy of apache-arrow of those of another; buffers are shared. */
export type AdoptData = (type: DataType, foreign: Data) => Data;

/** Remembers dictionaries, so that batches which share one go on to share it. */
export function createDataAdopter(): AdoptData {
  const dictionaries = new WeakMap<Vector, Vector>();

  function adoptData(type: DataType, foreign: Data): Data {
    const { offset, length, nullCount, children, dictionary } = foreign;
    const { valueOffsets, values, nullBitmap, typeIds, variadicBuffers } = foreign;
    return new Data(
      type,
      offset,
      length,
      nullCount,
      [valueOffsets, values, nullBitmap, typeIds] as never,
      children.map((child, k) => adoptData((type.children[k] as Field).type, child)),
      dictionary && adoptDictionary((type as Dictionary).dictionary, dictionary),
      variadicBuffers,
    );
  }

  function adoptDictionary(type: DataType, foreign: Vector): Vector {
    const known = dictionaries.get(foreign);
    if (known) return known;
    const vector = new Vector(foreign.data.map((chunk) => adoptData(type, chunk)));
    dictionaries.set(foreign, vector);
    return vector;
  }

  return adoptData;
}

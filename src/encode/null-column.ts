import { type Data, DataType, makeBuilder, makeData } from 'apache-arrow';
import { isTextable } from './column-types.js';
import { levelWriter } from './level-writer.js';

/** A column of nothing but nulls, of any type. */
export function buildNulls(type: DataType, rows: number): Data {
  if (DataType.isNull(type)) return makeData({ type, length: rows });
  if (isTextable(type)) return levelWriter(type, [])(new Int32Array(rows).fill(-1));
  const builder = makeBuilder({ type, nullValues: [null] });
  for (let row = 0; row < rows; row++) builder.append(null);
  return builder.finish().flush();
}

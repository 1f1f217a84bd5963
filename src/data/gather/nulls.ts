import { type Data, DataType, type Field, makeBuilder, makeData } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeType } from '../schema/describe.js';

/**
 * An array of nulls.
 *
 * @throws SchemaError for unions, which have no nulls of their own.
 */
export function nullData(type: DataType, length: number): Data {
  if (DataType.isNull(type)) return makeData({ type, length });
  if (DataType.isUnion(type)) {
    throw new SchemaError(
      `union cannot be null: ${describeType(type)}. Give the column in all files`,
    );
  }
  if (DataType.isDictionary(type) || !type.children?.length) return nullLeaves(type, length);
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  const own = { type, length, nullCount: length, nullBitmap };
  const childOf = (index: number, rows: number) =>
    nullData((type.children[index] as Field).type, rows);
  if (DataType.isStruct(type)) {
    return makeData({ ...own, children: type.children.map((_, k) => childOf(k, length)) } as never);
  }
  if (DataType.isFixedSizeList(type)) {
    return makeData({ ...own, child: childOf(0, length * type.listSize) } as never);
  }
  const Offsets = type.OffsetArrayType as Int32ArrayConstructor;
  return makeData({ ...own, child: childOf(0, 0), valueOffsets: new Offsets(length + 1) } as never);
}

function nullLeaves(type: DataType, length: number): Data {
  const builder = makeBuilder({ type, nullValues: [null] });
  for (let row = 0; row < length; row++) builder.append(null);
  return builder.finish().flush();
}

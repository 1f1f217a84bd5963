import {
  type Data,
  DataType,
  type Field,
  makeBuilder,
  makeData,
  type Union,
  UnionMode,
} from 'apache-arrow';
import { isTextable } from '../cells/column-types.js';
import { levelWriter } from '../cells/level-writer.js';

/** A column of nothing but nulls, of any type that {@link canBeNull}. */
export function buildNulls(type: DataType, rows: number): Data {
  if (DataType.isNull(type)) return makeData({ type, length: rows });
  if (isTextable(type)) return levelWriter(type, [])(new Int32Array(rows).fill(-1));
  if (DataType.isUnion(type)) return nullUnion(type, rows);
  // A dictionary shows the members of its values as its own.
  const isNested =
    !DataType.isDictionary(type) && (type.children?.length || DataType.isStruct(type));
  return isNested ? nullNested(type, rows) : nullLeaves(type, rows);
}

/** Whether a column can hold nulls: a union has none of its own, and needs a member that has. */
export function canBeNull({ type, nullable }: Field): boolean {
  return DataType.isUnion(type) ? nullableMember(type) >= 0 : nullable;
}

function nullableMember({ children }: Union): number {
  return children.findIndex(canBeNull);
}

function nullUnion(type: Union, rows: number): Data {
  const member = Math.max(nullableMember(type), 0);
  const isDense = type.mode === UnionMode.Dense;
  const children = type.children.map((field, index) =>
    buildNulls(field.type, isDense && index !== member ? 0 : rows),
  );
  const typeIds = new Int8Array(rows).fill(type.typeIds[member] ?? 0);
  const valueOffsets = Int32Array.from({ length: rows }, (_, row) => row);
  const own = { type, length: rows, nullCount: 0, typeIds, children };
  return makeData((isDense ? { ...own, valueOffsets } : own) as never);
}

function nullNested(type: DataType, rows: number): Data {
  const nullBitmap = new Uint8Array(Math.ceil(rows / 8));
  const own = { type, length: rows, nullCount: rows, nullBitmap };
  if (DataType.isStruct(type)) {
    const children = type.children.map((field) => buildNulls(field.type, rows));
    return makeData({ ...own, type, children });
  }
  const size = DataType.isFixedSizeList(type) ? type.listSize : 0;
  const child = buildNulls((type.children[0] as Field).type, rows * size);
  if (DataType.isFixedSizeList(type)) return makeData({ ...own, type, child });
  const Offsets = type.OffsetArrayType as Int32ArrayConstructor;
  return makeData({ ...own, child, valueOffsets: new Offsets(rows + 1) } as never);
}

function nullLeaves(type: DataType, rows: number): Data {
  const builder = makeBuilder({ type, nullValues: [null] });
  for (let row = 0; row < rows; row++) builder.append(null);
  return builder.finish().flush();
}

import { type Data, DataType, Type, type Union, UnionMode } from 'apache-arrow';

/**
 * Raises if an array that was read says something that its buffers do not bear out: more rows than
 * values, offsets that go backwards or too far, indices outside their dictionary.
 *
 * arrow-js gives undefined and null for such values, without a word.
 *
 * @throws RangeError
 */
export function validateData(data: Data): void {
  const { type, length, children } = data;
  if (length < 0 || !Number.isSafeInteger(length)) throw new RangeError(`it has ${length} rows`);
  if (data.nullCount > 0 && !DataType.isNull(type) && !DataType.isUnion(type)) {
    atLeast(data.nullBitmap?.length, Math.ceil((data.offset + length) / 8), 'bytes of validity');
  }
  if (DataType.isUnion(type)) validateUnion(data as Data<Union>);
  else if (data.valueOffsets) validateOffsets(data);
  else if (DataType.isBool(type)) {
    atLeast(data.values?.length, Math.ceil((data.offset + length) / 8), 'bytes of booleans');
  } else if (DataType.isFixedSizeList(type)) {
    atLeast(children[0]?.length, length * type.listSize, 'items');
  } else if (DataType.isStruct(type)) {
    for (const child of children) atLeast(child.length, length, 'rows of a child');
  } else if (!DataType.isNull(type)) {
    atLeast(data.values?.length, length * data.stride, 'values');
  }
  if (DataType.isDictionary(type)) validateIndices(data);
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) validateViews(data);
  for (const child of children) validateData(child);
}

function validateOffsets({ type, length, valueOffsets, values, children }: Data): void {
  if (length === 0) return;
  atLeast(valueOffsets.length, length + 1, 'offsets');
  let last = Number(valueOffsets[0]);
  if (last < 0) throw new RangeError(`an offset is ${last}`);
  for (let row = 1; row <= length; row++) {
    const next = Number(valueOffsets[row]);
    if (next < last) throw new RangeError(`offset ${row} goes back from ${last} to ${next}`);
    last = next;
  }
  const isNested = [Type.List, Type.LargeList, Type.Map].includes(type.typeId);
  atLeast(isNested ? children[0]?.length : values?.length, last, isNested ? 'items' : 'bytes');
}

function validateUnion({ type, length, typeIds, valueOffsets, children }: Data<Union>): void {
  const isDense = type.mode === UnionMode.Dense;
  atLeast(typeIds?.length, length, 'type ids');
  if (isDense) atLeast(valueOffsets?.length, length, 'offsets');
  for (let row = 0; row < length; row++) {
    const child = children[type.typeIdToChildIndex[typeIds[row] as number] as number];
    const at = isDense ? Number(valueOffsets[row]) : row;
    if (!child || at < 0 || at >= child.length) {
      throw new RangeError(`row ${row} of a union refers to type ${typeIds[row]}, row ${at}`);
    }
  }
}

/** Values of dictionaries that are sound: batches share them. */
const sound = new WeakSet<Data>();

function validateIndices(data: Data): void {
  for (const part of data.dictionary?.data ?? []) {
    if (!sound.has(part)) validateData(part);
    sound.add(part);
  }
  const size = data.dictionary?.length ?? 0;
  for (let row = 0; row < data.length; row++) {
    const index = Number(data.values[row]);
    if ((index < 0 || index >= size) && data.getValid(row)) {
      throw new RangeError(`row ${row} refers to value ${index} of a dictionary of ${size}`);
    }
  }
}

function validateViews(data: Data): void {
  const view = new DataView(data.values.buffer, data.values.byteOffset, data.values.byteLength);
  for (let row = 0; row < data.length; row++) {
    const size = view.getInt32(row * 16, true);
    if (!data.getValid(row)) continue;
    if (size < 0) throw new RangeError(`row ${row} has ${size} bytes`);
    if (size <= 12) continue;
    const buffer = data.variadicBuffers[view.getInt32(row * 16 + 8, true)];
    const start = view.getInt32(row * 16 + 12, true);
    if (!buffer || start < 0 || start + size > buffer.length) {
      throw new RangeError(`row ${row} refers to bytes ${start} to ${start + size} of no buffer`);
    }
  }
}

function atLeast(actual: number | undefined, wanted: number, what: string): void {
  if ((actual ?? 0) < wanted) throw new RangeError(`it has ${actual ?? 0} ${what} of ${wanted}`);
}

import { type Data, DataType, type Field, makeData, Type, UnionMode, Vector } from 'apache-arrow';
import fc from 'fast-check';
import { arbitraryInstants, type InstantRange } from './arbitrary-instants.js';

/**
 * Random arrays of a type and length: any bits where any are allowed, and rubbish below nulls.
 *
 * @param nullable Whether there may be nulls; unions and the null type have them in any case.
 * @param instants Which numbers dates and times hold. Default: any bits.
 */
export function arbitraryData(
  type: DataType,
  length: number,
  nullable = true,
  instants: InstantRange = 'any',
): fc.Arbitrary<Data> {
  if (DataType.isNull(type)) return fc.constant(makeData({ type, length }));
  if (DataType.isUnion(type)) return arbitraryUnion(type, length, instants);
  const validity = nullable
    ? fc.option(fc.array(fc.boolean(), { minLength: length, maxLength: length }), {
        nil: undefined,
      })
    : fc.constant(undefined);
  return fc
    .tuple(validity, arbitraryParts(type, length, instants))
    .map(([valid, parts]) => makeData({ type, length, ...bitmap(valid), ...parts } as never));
}

function arbitraryParts(
  type: DataType,
  length: number,
  instants: InstantRange,
): fc.Arbitrary<object> {
  const child = (index: number) => type.children[index] as Field;
  const childData = (index: number, count: number) =>
    arbitraryData(child(index).type, count, child(index).nullable, instants);
  switch (type.typeId) {
    case Type.Bool:
      return bytes(Math.ceil(length / 8)).map((data) => ({ data }));
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary:
    case Type.Utf8View:
    case Type.BinaryView:
      return arbitraryStrings(type, length);
    case Type.List:
    case Type.LargeList:
    case Type.Map:
      return sizes(length).chain((each) =>
        childData(0, sum(each)).map((data) => ({ valueOffsets: offsets(type, each), child: data })),
      );
    case Type.FixedSizeList:
      return childData(0, length * (type as never as { listSize: number }).listSize).map(
        (data) => ({
          child: data,
        }),
      );
    case Type.Struct:
      return fc
        .tuple(...type.children.map((_, k) => childData(k, length)))
        .map((children) => ({ children }));
    case Type.Dictionary:
      return arbitraryDictionary(type as never, length, instants);
    case Type.Decimal:
      return arbitraryDecimals(type as never, length);
    default: {
      const chosen = arbitraryInstants(type, length, instants);
      if (chosen) return chosen;
      const { stride } = makeData({ type, length: 0 } as never) as Data;
      const width = type.ArrayType.BYTES_PER_ELEMENT * stride;
      return bytes(length * width).map((data) => ({
        data: new type.ArrayType(data.slice().buffer),
      }));
    }
  }
}

function arbitraryStrings(type: DataType, length: number): fc.Arbitrary<object> {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.constantFrom('', 'x'.repeat(40)),
  );
  return fc.array(text, { minLength: length, maxLength: length }).map((strings) => {
    const parts = strings.map((string) => Buffer.from(string));
    if (!DataType.isUtf8View(type) && !DataType.isBinaryView(type)) {
      return {
        valueOffsets: offsets(
          type,
          parts.map((part) => part.length),
        ),
        data: Buffer.concat(parts),
      };
    }
    const views = Buffer.alloc(length * 16);
    let position = 0;
    for (const [row, part] of parts.entries()) {
      views.writeInt32LE(part.length, row * 16);
      part.copy(views, row * 16 + 4, 0, part.length <= 12 ? part.length : 4);
      if (part.length > 12) views.writeInt32LE(position, row * 16 + 12);
      position += part.length;
    }
    return { views: new Uint8Array(views), variadicBuffers: [Buffer.concat(parts)] };
  });
}

function arbitraryDictionary(
  { dictionary, indices }: { dictionary: DataType; indices: DataType },
  length: number,
  instants: InstantRange,
): fc.Arbitrary<object> {
  return fc.integer({ min: 1, max: 6 }).chain((count) =>
    fc
      .tuple(
        arbitraryData(dictionary, count, false, instants),
        fc.array(fc.integer({ min: 0, max: count - 1 }), { minLength: length, maxLength: length }),
      )
      .map(([values, rows]) => {
        const isBig = indices.ArrayType.name.startsWith('Big');
        const data = indices.ArrayType.from(isBig ? rows.map(BigInt) : rows);
        return { data, dictionary: new Vector([values]) };
      }),
  );
}

function arbitraryDecimals(
  { precision, bitWidth }: { precision: number; bitWidth: number },
  length: number,
): fc.Arbitrary<object> {
  const most = 10n ** BigInt(precision) - 1n;
  const numbers = fc.array(fc.bigInt({ min: -most, max: most }), {
    minLength: length,
    maxLength: length,
  });
  return numbers.map((values) => {
    const words = values.flatMap((value) =>
      Array.from({ length: bitWidth / 32 }, (_, k) =>
        Number(BigInt.asUintN(32, value >> BigInt(32 * k))),
      ),
    );
    return { data: Uint32Array.from(words) };
  });
}

function arbitraryUnion(
  type: DataType & { mode: UnionMode; typeIds: Int32Array },
  length: number,
  instants: InstantRange,
): fc.Arbitrary<Data> {
  const ids = Array.from(type.typeIds);
  const isDense = type.mode === UnionMode.Dense;
  return fc
    .array(fc.constantFrom(...ids), { minLength: length, maxLength: length })
    .chain((typeIds) => {
      const used = ids.map((id) => typeIds.filter((each) => each === id).length);
      const next = ids.map(() => 0);
      const valueOffsets = typeIds.map((id) => {
        const child = ids.indexOf(id);
        const at = next[child] as number;
        next[child] = at + 1;
        return at;
      });
      const children = ids.map((_, k) =>
        arbitraryData(
          (type.children[k] as Field).type,
          isDense ? (used[k] as number) : length,
          true,
          instants,
        ),
      );
      return fc.tuple(...children).map((data) =>
        makeData({
          type,
          length,
          typeIds: Int8Array.from(typeIds),
          children: data,
          ...(isDense ? { valueOffsets: Int32Array.from(valueOffsets) } : {}),
        } as never),
      );
    });
}

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const sizes = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: length, maxLength: length });

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

function offsets(type: DataType, each: readonly number[]) {
  const all = [0];
  for (const size of each) all.push((all.at(-1) as number) + size);
  return type.OffsetArrayType === BigInt64Array
    ? BigInt64Array.from(all.map(BigInt))
    : Int32Array.from(all);
}

function bitmap(valid?: readonly boolean[]) {
  if (!valid) return { nullCount: 0 };
  const nullBitmap = new Uint8Array(Math.ceil(valid.length / 8));
  for (const [k, each] of valid.entries()) {
    if (each) nullBitmap[k >> 3] = (nullBitmap[k >> 3] as number) | (1 << (k % 8));
  }
  return { nullBitmap, nullCount: valid.filter((each) => !each).length };
}

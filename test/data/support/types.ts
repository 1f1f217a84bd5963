import * as arrow from 'apache-arrow';

const field = (name: string, type: arrow.DataType, nullable = true) =>
  new arrow.Field(name, type, nullable);

const { MILLISECOND, SECOND, MICROSECOND, NANOSECOND } = arrow.TimeUnit;

/** Types of fixed width that every format has. */
export const fixedTypes: readonly arrow.DataType[] = [
  new arrow.Int8(),
  new arrow.Int16(),
  new arrow.Int32(),
  new arrow.Int64(),
  new arrow.Uint8(),
  new arrow.Uint16(),
  new arrow.Uint32(),
  new arrow.Uint64(),
  new arrow.Float16(),
  new arrow.Float32(),
  new arrow.Float64(),
  new arrow.Bool(),
  new arrow.DateDay(),
  new arrow.TimestampSecond(),
  new arrow.TimestampMillisecond('Europe/Paris'),
  new arrow.TimestampMicrosecond('UTC'),
  new arrow.TimestampNanosecond(),
  new arrow.Timestamp(NANOSECOND, '+02:00'),
  new arrow.Timestamp(SECOND, 'UTC'),
  new arrow.Time(MILLISECOND, 32),
  new arrow.Time(MICROSECOND, 64),
  new arrow.DurationMillisecond(),
  new arrow.FixedSizeBinary(3),
  new arrow.Decimal(2, 20, 128),
];

/** Dates in milliseconds, which are whole days in Parquet. */
export const dateMillisecond = new arrow.DateMillisecond();

/** Types of variable width, and nested types, that every format has. */
export const variableTypes: readonly arrow.DataType[] = [
  new arrow.Utf8(),
  new arrow.LargeUtf8(),
  new arrow.Binary(),
  new arrow.LargeBinary(),
  new arrow.List(field('item', new arrow.Int32())),
  new arrow.LargeList(field('item', new arrow.Utf8())),
  new arrow.FixedSizeList(3, field('item', new arrow.Float32())),
  new arrow.Struct([
    field('a', new arrow.Bool()),
    field('b', new arrow.List(field('item', new arrow.Utf8()))),
  ]),
  new arrow.Map_(
    field(
      'entries',
      new arrow.Struct([
        field('key', new arrow.Utf8(), false),
        field('value', new arrow.Int64()),
      ]) as never,
      false,
    ) as never,
  ),
];

/** Types that Arrow IPC has and Parquet, or its engine, has not. */
export const arrowOnlyTypes: readonly arrow.DataType[] = [
  new arrow.Null(),
  new arrow.IntervalYearMonth(),
  new arrow.IntervalDayTime(),
  new arrow.IntervalMonthDayNano(),
  new arrow.Decimal(3, 50, 256),
  new arrow.Utf8View(),
  new arrow.BinaryView(),
  new arrow.SparseUnion([3, 7], [field('x', new arrow.Int32()), field('y', new arrow.Utf8())]),
  new arrow.DenseUnion([0, 5], [field('x', new arrow.Float64()), field('y', new arrow.Utf8())]),
  new arrow.Struct([
    field(
      'u',
      new arrow.DenseUnion([0, 1], [field('x', new arrow.Bool()), field('y', new arrow.Int8())]),
    ),
  ]),
];

/** Dictionary types, made anew each time: columns that share a type object share its dictionary. */
export const dictionaryTypes: readonly (() => arrow.DataType)[] = [
  () => new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8()),
  () => new arrow.Dictionary(new arrow.Utf8(), new arrow.Uint32()),
  () => new arrow.Dictionary(new arrow.Int64(), new arrow.Uint16()),
];

import * as arrow from 'apache-arrow';

const field = (name: string, type: arrow.DataType, nullable = true) =>
  new arrow.Field(name, type, nullable);

const { MILLISECOND, SECOND, MICROSECOND, NANOSECOND } = arrow.TimeUnit;

const units = [SECOND, MILLISECOND, MICROSECOND, NANOSECOND];
const integers = () => [
  new arrow.Int8(),
  new arrow.Int16(),
  new arrow.Int32(),
  new arrow.Int64(),
  new arrow.Uint8(),
  new arrow.Uint16(),
  new arrow.Uint32(),
  new arrow.Uint64(),
];

/** Types of fixed width that every format has. */
export const fixedTypes: readonly arrow.DataType[] = [
  ...integers(),
  new arrow.Float16(),
  new arrow.Float32(),
  new arrow.Float64(),
  new arrow.Bool(),
  new arrow.Null(),
  new arrow.DateDay(),
  new arrow.DateMillisecond(),
  ...units.flatMap((unit) =>
    [null, 'UTC', 'Europe/Paris', '+02:00'].map((zone) => new arrow.Timestamp(unit, zone)),
  ),
  new arrow.Time(SECOND, 32),
  new arrow.Time(MILLISECOND, 32),
  new arrow.Time(MICROSECOND, 64),
  new arrow.Time(NANOSECOND, 64),
  ...units.map((unit) => new arrow.Duration(unit)),
  new arrow.IntervalYearMonth(),
  new arrow.IntervalDayTime(),
  new arrow.FixedSizeBinary(3),
  new arrow.FixedSizeBinary(16),
  new arrow.Decimal(2, 5, 32),
  new arrow.Decimal(2, 12, 64),
  new arrow.Decimal(2, 9, 128),
  new arrow.Decimal(2, 20, 128),
  new arrow.Decimal(0, 38, 128),
  new arrow.Decimal(3, 76, 256),
];

/** Types of variable width, and nested types, that every format has. */
export const variableTypes: readonly arrow.DataType[] = [
  new arrow.Utf8(),
  new arrow.LargeUtf8(),
  new arrow.Binary(),
  new arrow.LargeBinary(),
  new arrow.List(field('item', new arrow.Int32())),
  new arrow.List(field('element', new arrow.List(field('item', new arrow.Utf8())), false)),
  new arrow.List(field('item', new arrow.Decimal(2, 20, 128))),
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

/** Types that come back from Parquet without their views. */
export const viewTypes: readonly (() => arrow.DataType)[] = [
  () => new arrow.Utf8View(),
  () => new arrow.BinaryView(),
  () => new arrow.List(field('item', new arrow.Utf8View())),
  () => new arrow.Dictionary(new arrow.Utf8View(), new arrow.Uint32()),
];

/** Types that Arrow IPC has and Parquet, or its engine, has not. */
export const arrowOnlyTypes: readonly arrow.DataType[] = [
  new arrow.IntervalMonthDayNano(),
  new arrow.Decimal(-2, 20, 128),
  new arrow.Struct([]),
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
  ...integers().map(
    (indices) => () => new arrow.Dictionary(new arrow.Utf8(), indices as arrow.Int32),
  ),
  () => new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8(), null, true),
  () => new arrow.Dictionary(new arrow.Int64(), new arrow.Uint16()),
  () => new arrow.Dictionary(new arrow.Float64(), new arrow.Int32()),
  () => new arrow.Dictionary(new arrow.DateDay(), new arrow.Int32()),
  () => new arrow.Dictionary(new arrow.LargeUtf8(), new arrow.Int32()),
  () => new arrow.Dictionary(new arrow.Decimal(2, 12, 128), new arrow.Int16()),
  () => new arrow.List(field('item', new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8()))),
  () =>
    new arrow.Struct([field('kind', new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16()))]),
];

/** Dictionary types that the Parquet engine cannot read back. */
export const arrowOnlyDictionaryTypes: readonly (() => arrow.DataType)[] = [
  () => new arrow.Dictionary(new arrow.Bool(), new arrow.Int8()),
  () => new arrow.Dictionary(new arrow.Float16(), new arrow.Int8()),
  () => new arrow.Dictionary(new arrow.FixedSizeBinary(3), new arrow.Int8()),
  () => new arrow.Dictionary(new arrow.Decimal(2, 20, 128), new arrow.Int8()),
  () => new arrow.Dictionary(new arrow.List(field('item', new arrow.Int8())), new arrow.Int8()),
  () => new arrow.Dictionary(new arrow.Struct([field('x', new arrow.Int8())]), new arrow.Int8()),
];

import {
  Binary,
  BinaryView,
  Bool,
  DataType,
  Date_,
  Decimal,
  Dictionary,
  Duration,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float,
  Int,
  Interval,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  Null,
  Schema,
  Struct,
  Time,
  Timestamp,
  Type,
  Union,
  Utf8,
  Utf8View,
} from 'apache-arrow';

/** A type of another copy of apache-arrow; it has the members that its `typeId` says. */
// biome-ignore lint/suspicious/noExplicitAny: its classes are not known here
type ForeignType = any;

/** A schema of another copy of apache-arrow as one of this copy. */
export function adoptSchema(foreign: Schema): Schema {
  return new Schema(foreign.fields.map(adoptField), new Map(foreign.metadata));
}

function adoptField({ name, type, nullable, metadata }: Field): Field {
  return new Field(name, adoptType(type), nullable, new Map(metadata));
}

const makers: Readonly<Record<number, (type: ForeignType, children: Field[]) => DataType>> = {
  [Type.Null]: () => new Null(),
  [Type.Bool]: () => new Bool(),
  [Type.Utf8]: () => new Utf8(),
  [Type.LargeUtf8]: () => new LargeUtf8(),
  [Type.Utf8View]: () => new Utf8View(),
  [Type.Binary]: () => new Binary(),
  [Type.LargeBinary]: () => new LargeBinary(),
  [Type.BinaryView]: () => new BinaryView(),
  [Type.FixedSizeBinary]: ({ byteWidth }) => new FixedSizeBinary(byteWidth),
  [Type.Int]: ({ isSigned, bitWidth }) => new Int(isSigned, bitWidth),
  [Type.Float]: ({ precision }) => new Float(precision),
  [Type.Decimal]: ({ scale, precision, bitWidth }) => new Decimal(scale, precision, bitWidth),
  [Type.Date]: ({ unit }) => new Date_(unit),
  [Type.Time]: ({ unit, bitWidth }) => new Time(unit, bitWidth),
  [Type.Timestamp]: ({ unit, timezone }) => new Timestamp(unit, timezone),
  [Type.Duration]: ({ unit }) => new Duration(unit),
  [Type.Interval]: ({ unit }) => new Interval(unit),
  [Type.List]: (_, [child]) => new List(child as Field),
  [Type.LargeList]: (_, [child]) => new LargeList(child as Field),
  [Type.FixedSizeList]: ({ listSize }, [child]) => new FixedSizeList(listSize, child as Field),
  [Type.Struct]: (_, children) => new Struct(children),
  [Type.Map]: ({ keysSorted }, [entries]) => new Map_(entries as never, keysSorted),
  [Type.Union]: ({ mode, typeIds }, children) => new Union(mode, Array.from(typeIds), children),
  [Type.Dictionary]: ({ dictionary, indices, id, isOrdered }) =>
    new Dictionary(adoptType(dictionary), adoptType(indices) as never, id, isOrdered),
};

function adoptType(foreign: ForeignType): DataType {
  const make = makers[foreign.typeId];
  if (!make) throw new TypeError(`its type ${foreign} is not known`);
  return make(foreign, (foreign.children ?? []).map(adoptField));
}

/** Whether a schema belongs to this copy of apache-arrow, down to the leaves of its types. */
export function isNativeSchema(schema: Schema): boolean {
  return isOf(Schema, schema) && schema.fields.every(isNativeField);
}

function isNativeField(field: Field): boolean {
  return isOf(Field, field) && isNativeType(field.type);
}

function isNativeType(type: DataType): boolean {
  if (!isOf(DataType, type)) return false;
  // By its members and not by `isDictionary`, which knows types of any copy.
  const { dictionary, indices } = type as Partial<Dictionary>;
  if (dictionary && indices && !(isNativeType(dictionary) && isNativeType(indices))) return false;
  return (type.children ?? []).every(isNativeField);
}

/**
 * Whether an object is of a class of this copy. `instanceof` is no test: apache-arrow 21 makes it
 * hold for objects of other copies.
 */
export function isOf(owner: { prototype: unknown }, value: unknown): boolean {
  return Object.prototype.isPrototypeOf.call(owner.prototype as object, value ?? {});
}

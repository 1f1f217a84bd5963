import { DataType, DateUnit, type Schema } from 'apache-arrow';
import { isLeaf, leafTypes } from '../format/leaves.js';
import { type ThriftStruct, wire } from '../format/thrift.js';
import { getField, getStruct, getStructs, setField, setStructs } from '../format/thrift-fields.js';

// Ids of fields in parquet.thrift; the kinds of LogicalType and TimeUnit are fields of theirs.
const file = { schema: 2 };
const element = { type: 1, convertedType: 6, logicalType: 10 };
const logicalType = { timestamp: 8 };
const timestamp = { isAdjustedToUtc: 1, unit: 2 };
const unit = { milliseconds: 1 };
const int64 = 2;

const milliseconds: ThriftStruct = [
  {
    id: logicalType.timestamp,
    type: wire.struct,
    value: [
      { id: timestamp.isAdjustedToUtc, type: wire.false, value: false },
      { id: timestamp.unit, type: wire.struct, value: [{ id: 1, type: wire.struct, value: [] }] },
    ],
  },
];

/**
 * The footer with dates in milliseconds (Arrow's date64) as timestamps.
 *
 * Parquet has no such dates. The engine stores them as plain integers, and that is what readers who
 * do not look at `ARROW:schema` would take them for.
 */
export function nameDates(tree: ThriftStruct, schema: Schema): ThriftStruct {
  return mapDates(tree, schema, (struct) =>
    setField(struct, element.logicalType, wire.struct, milliseconds),
  );
}

/** The inverse of {@link nameDates}: the engine makes dates of plain integers alone. */
export function unnameDates(tree: ThriftStruct, schema: Schema): ThriftStruct {
  return mapDates(tree, schema, (struct) => {
    const { unit: kind } = timestamp;
    const named = getStruct(getStruct(struct, element.logicalType), logicalType.timestamp);
    if (getField(getStruct(named, kind), unit.milliseconds) === undefined) return struct;
    return struct.filter(({ id }) => id !== element.logicalType && id !== element.convertedType);
  });
}

function mapDates(
  tree: ThriftStruct,
  { fields }: Schema,
  change: (struct: ThriftStruct) => ThriftStruct,
): ThriftStruct {
  const types = leafTypes(fields);
  let leaf = 0;
  const elements = getStructs(tree, file.schema).map((struct) => {
    if (!isLeaf(struct)) return struct;
    const type = types[leaf++];
    return type && isDate64(type) && getField(struct, element.type) === int64
      ? change(struct)
      : struct;
  });
  return leaf === types.length ? setStructs(tree, file.schema, elements) : tree;
}

function isDate64(type: DataType): boolean {
  if (DataType.isDictionary(type)) return isDate64(type.dictionary);
  return DataType.isDate(type) && type.unit === DateUnit.MILLISECOND;
}

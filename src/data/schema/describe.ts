import {
  DataType,
  DateUnit,
  type Field,
  IntervalUnit,
  type Schema,
  TimeUnit,
  UnionMode,
} from 'apache-arrow';

const floatWidths = [16, 32, 64];
const timeUnits: Record<number, string> = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'us',
  [TimeUnit.NANOSECOND]: 'ns',
};
const intervalUnits: Record<number, string> = {
  [IntervalUnit.YEAR_MONTH]: 'year_month',
  [IntervalUnit.DAY_TIME]: 'day_time',
  [IntervalUnit.MONTH_DAY_NANO]: 'month_day_nano',
};

/**
 * A type as text, for people and for comparison: two types are the same if and only if their texts
 * are. Everything that matters is in it, down to the nullability of nested fields; the ids that
 * arrow-js gives to dictionaries, and metadata, are not.
 */
export function describeType(type: DataType): string {
  if (DataType.isDictionary(type)) {
    const ordered = type.isOrdered ? ', ordered' : '';
    return `dictionary<${describeType(type.indices)}, ${describeType(type.dictionary)}${ordered}>`;
  }
  if (DataType.isInt(type)) return `${type.isSigned ? 'int' : 'uint'}${type.bitWidth}`;
  if (DataType.isFloat(type)) return `float${floatWidths[type.precision]}`;
  if (DataType.isDecimal(type)) {
    return `decimal${type.bitWidth}(${type.precision}, ${type.scale})`;
  }
  if (DataType.isFixedSizeBinary(type)) return `fixed_size_binary[${type.byteWidth}]`;
  return describeTemporal(type) ?? describeNested(type) ?? plainName(type);
}

/** A field as text: name, type, and 'not null' where it is not nullable. */
export function describeField(field: Field): string {
  return `${field.name}: ${describeType(field.type)}${field.nullable ? '' : ' not null'}`;
}

/** The columns of a schema as JSON: name, type as text, nullability, and metadata if it has any. */
export function describeSchema(schema: Schema): ColumnDescription[] {
  return schema.fields.map((field) => ({
    name: field.name,
    type: describeType(field.type),
    nullable: field.nullable,
    ...(field.metadata.size > 0 ? { metadata: Object.fromEntries(field.metadata) } : {}),
  }));
}

/** One column of {@link describeSchema}. */
export interface ColumnDescription {
  name: string;
  type: string;
  nullable: boolean;
  metadata?: Record<string, string>;
}

function describeTemporal(type: DataType): string | undefined {
  if (DataType.isDate(type)) return type.unit === DateUnit.DAY ? 'date32' : 'date64';
  if (DataType.isTime(type)) return `time${type.bitWidth}[${timeUnits[type.unit]}]`;
  if (DataType.isTimestamp(type)) {
    return `timestamp[${timeUnits[type.unit]}${type.timezone ? `, ${type.timezone}` : ''}]`;
  }
  if (DataType.isDuration(type)) return `duration[${timeUnits[type.unit]}]`;
  if (DataType.isInterval(type)) return `interval[${intervalUnits[type.unit]}]`;
  return undefined;
}

function describeNested(type: DataType): string | undefined {
  const children = (type.children ?? []).map(describeField).join(', ');
  if (DataType.isList(type)) return `list<${children}>`;
  if (DataType.isLargeList(type)) return `large_list<${children}>`;
  if (DataType.isFixedSizeList(type)) return `fixed_size_list<${children}>[${type.listSize}]`;
  if (DataType.isStruct(type)) return `struct<${children}>`;
  if (DataType.isMap(type)) return `map<${children}${type.keysSorted ? ', sorted' : ''}>`;
  if (DataType.isUnion(type)) {
    const mode = type.mode === UnionMode.Dense ? 'dense' : 'sparse';
    return `${mode}_union<${children}>[${Array.from(type.typeIds).join(', ')}]`;
  }
  return undefined;
}

function plainName(type: DataType): string {
  if (DataType.isNull(type)) return 'null';
  if (DataType.isBool(type)) return 'bool';
  if (DataType.isUtf8(type)) return 'utf8';
  if (DataType.isLargeUtf8(type)) return 'large_utf8';
  if (DataType.isUtf8View(type)) return 'utf8_view';
  if (DataType.isBinary(type)) return 'binary';
  if (DataType.isLargeBinary(type)) return 'large_binary';
  if (DataType.isBinaryView(type)) return 'binary_view';
  return String(type);
}

import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Float32,
  Float64,
  Int32,
  Int64,
  Utf8,
} from 'apache-arrow';
import { describeType } from '../schema/describe.js';

/** What parquetjs-lite calls a type, what the file stores for it, and the Arrow type it stands for. */
interface FlatType {
  readonly parquetType: string;
  readonly physicalType: string;
  readonly arrowType: () => DataType;
}

/** The types that parquetjs-lite keeps exactly, by the name that `describeType` gives them. */
export const flatTypes = {
  int32: { parquetType: 'INT32', physicalType: 'INT32', arrowType: () => new Int32() },
  int64: { parquetType: 'INT64', physicalType: 'INT64', arrowType: () => new Int64() },
  float32: { parquetType: 'FLOAT', physicalType: 'FLOAT', arrowType: () => new Float32() },
  float64: { parquetType: 'DOUBLE', physicalType: 'DOUBLE', arrowType: () => new Float64() },
  bool: { parquetType: 'BOOLEAN', physicalType: 'BOOLEAN', arrowType: () => new Bool() },
  utf8: { parquetType: 'UTF8', physicalType: 'BYTE_ARRAY', arrowType: () => new Utf8() },
  date32: { parquetType: 'DATE', physicalType: 'INT32', arrowType: () => new DateDay() },
  binary: {
    parquetType: 'BYTE_ARRAY',
    physicalType: 'BYTE_ARRAY',
    arrowType: () => new Binary(),
  },
} as const satisfies Record<string, FlatType>;

export type FlatKind = keyof typeof flatTypes;

/** The kind of an Arrow type; undefined if parquetjs-lite does not keep the type exactly. */
export function kindOf(type: DataType): FlatKind | undefined {
  const name = describeType(type);
  return Object.hasOwn(flatTypes, name) ? (name as FlatKind) : undefined;
}

/** The kind of a type of parquetjs-lite, such as 'DATE'; undefined for all others. */
export function kindOfParquetType(name: string | undefined): FlatKind | undefined {
  const kinds = Object.keys(flatTypes) as FlatKind[];
  return kinds.find((kind) => flatTypes[kind].parquetType === name);
}

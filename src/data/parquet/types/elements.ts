import type { ThriftStruct } from '../format/thrift.js';
import { getField } from '../format/thrift-fields.js';

// Fields of SchemaElement in parquet.thrift, and values of its enumerations.
const element = { type: 1, typeLength: 2, convertedType: 6 };
const physical = { int96: 3, fixedLengthByteArray: 7 };
const interval = 21;
const intervalBytes = 12;

/** Whether an element of Parquet's schema is an instant of 96 bits. */
export function isInt96(struct: ThriftStruct): boolean {
  return getField(struct, element.type) === physical.int96;
}

/** Whether an element of Parquet's schema is an interval. */
export function isInterval(struct: ThriftStruct): boolean {
  return (
    getField(struct, element.type) === physical.fixedLengthByteArray &&
    getField(struct, element.typeLength) === intervalBytes &&
    getField(struct, element.convertedType) === interval
  );
}

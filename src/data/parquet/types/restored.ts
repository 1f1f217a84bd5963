import {
  type Data,
  DataType,
  IntervalMonthDayNano,
  Schema,
  TimestampMicrosecond,
  TimestampNanosecond,
} from 'apache-arrow';
import { InvalidOptionError } from '../../../errors.js';
import { isLeaf, leafTypes, replaceLeafTypes } from '../format/leaves.js';
import type { Projection } from '../format/projection.js';
import type { ThriftStruct } from '../format/thrift.js';
import { dateMillisecondType, isDate64, multiplyDays } from './dates.js';
import { isInt96, isInterval } from './elements.js';
import { readIntervals } from './interval-bytes.js';
import { divideMilliseconds, isSeconds, secondType } from './seconds.js';

/** Units that instants of 96 bits are read in. */
export type Int96Unit = 'us' | 'ns';

const int96Types: Readonly<Record<Int96Unit, () => DataType>> = {
  us: () => new TimestampMicrosecond(),
  ns: () => new TimestampNanosecond(),
};

/**
 * The schema that was decoded, with types that the engine does not know, or would not keep: seconds
 * and dates in milliseconds where `ARROW:schema` says so, intervals, and instants of 96 bits, which
 * are microseconds where nothing says more. The same one if there are none.
 *
 * @throws InvalidOptionError for another unit of instants.
 */
export function restoredSchema(
  decoded: Schema,
  { elements, hint }: Pick<Projection, 'elements' | 'hint'>,
  int96?: Int96Unit,
): Schema {
  if (int96 !== undefined && !Object.hasOwn(int96Types, int96)) {
    throw new InvalidOptionError(
      `option 'int96' must be 'us' or 'ns': ${String(int96)}. Leave it out for 'us'`,
    );
  }
  const names = new Set(decoded.names);
  const hinted = leafTypes(hint?.fields.filter(({ name }) => names.has(name)) ?? []);
  const leaves = leafTypes(decoded.fields);
  const written = elements.filter(isLeaf);
  const isHinted = hinted.length === leaves.length;
  const wanted = leaves.map((type, leaf) =>
    restoredType(type, written[leaf] ?? [], isHinted ? hinted[leaf] : undefined, int96),
  );
  if (wanted.every((type, leaf) => type === leaves[leaf])) return decoded;
  const fields = replaceLeafTypes(decoded.fields, (_, leaf) => wanted[leaf] as DataType);
  return new Schema(fields, decoded.metadata);
}

function restoredType(
  type: DataType,
  element: ThriftStruct,
  hinted?: DataType,
  int96?: Int96Unit,
): DataType {
  if (isInterval(element) && DataType.isFixedSizeBinary(type)) {
    return hinted && DataType.isInterval(hinted) ? hinted : new IntervalMonthDayNano();
  }
  if (isInt96(element) && DataType.isTimestamp(type)) {
    const isSaid = int96 === undefined && hinted && DataType.isTimestamp(hinted);
    return isSaid ? hinted : int96Types[int96 ?? 'us']();
  }
  if (!hinted) return type;
  if (isSeconds(hinted)) return secondType(type);
  return isDate64(hinted) ? dateMillisecondType(type) : type;
}

/** What was decoded under a type of {@link restoredSchema}. @throws FormatError for what does not fit. */
export function restore(type: DataType, data: Data): Data {
  if (DataType.isInterval(type)) return readIntervals(type, data);
  return DataType.isDate(type) ? multiplyDays(type, data) : divideMilliseconds(type, data);
}

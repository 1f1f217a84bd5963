import {
  type Data,
  DataType,
  Schema,
  type Timestamp,
  TimestampNanosecond,
  TimestampSecond,
  TimeUnit,
} from 'apache-arrow';
import { FormatError } from '../../../errors.js';
import { convertData } from '../../schema/convert-types.js';
import { describeType } from '../../schema/describe.js';
import { isLeaf, replaceLeafTypes } from '../format/leaves.js';
import type { Projection } from '../format/projection.js';
import { listRoots } from '../format/roots.js';
import { wire } from '../format/thrift.js';
import { getStructs, setField, setStructs } from '../format/thrift-fields.js';
import { isInt96 } from './elements.js';
import { withArrowSchema } from './hints.js';
import { restore } from './restored.js';
import { withValues } from './with-values.js';

// Ids of fields of FileMetaData and SchemaElement in parquet.thrift.
const file = { schema: 2, columnOrders: 7 };
const element = { children: 5 };

const perSecond = 1_000_000_000n;
const divisors: Readonly<Record<number, bigint>> = {
  [TimeUnit.SECOND]: perSecond,
  [TimeUnit.MILLISECOND]: 1_000_000n,
  [TimeUnit.MICROSECOND]: 1000n,
  [TimeUnit.NANOSECOND]: 1n,
};

/** A projection whose columns with instants of 96 bits come twice. */
export interface TwinProjection extends Projection {
  /** Which columns they are; their twins follow all columns, in this order. */
  readonly twins: readonly number[];
}

/**
 * A projection that loses nothing of instants of 96 bits: a day of 32 bits and nanoseconds of 64.
 *
 * The engine takes them for nanoseconds of 64 bits, which end in 2262, and goes on from the other end
 * of time. So a column with such instants is decoded twice, from the same bytes: as seconds, which
 * always fit, and as nanoseconds, of whose lowest bits the parts of a second can be told.
 *
 * @param decoded the schema that the engine gives without this.
 */
export function withTwins(projection: Projection, decoded: Schema): TwinProjection {
  const elements = getStructs(projection.tree, file.schema);
  const roots = listRoots(elements);
  const twins = roots.flatMap(({ start, end }, k) =>
    elements.slice(start, end).some(isInt96) ? [k] : [],
  );
  if (twins.length === 0) return { ...projection, twins };
  const second = twins.map((k) => roots[k] as (typeof roots)[number]);
  const [root = [], ...rest] = elements;
  const wider = setField(root, element.children, wire.int32, roots.length + twins.length);
  const added = second.flatMap(({ start, end }) => elements.slice(start, end));
  const written = [...elements.slice(1), ...added].filter(isLeaf);
  const fields = [...decoded.fields, ...twins.map((k) => decoded.fields[k] as never)];
  const leaves = projection.leaves.length;
  const hinted = replaceLeafTypes(fields, (type, leaf) => {
    if (!isInt96(written[leaf] ?? [])) return type;
    return leaf < leaves ? new TimestampSecond() : new TimestampNanosecond();
  });
  const tree = setStructs(projection.tree, file.schema, [wider, ...rest, ...added]);
  return {
    ...projection,
    twins,
    leaves: [
      ...projection.leaves,
      ...second.flatMap((each) => each.leaves.map((leaf) => projection.leaves[leaf] as number)),
    ],
    tree: withArrowSchema(
      setField(tree, file.columnOrders, wire.list, undefined),
      new Schema(hinted),
    ),
  };
}

/**
 * A column with instants of 96 bits, of its two forms.
 *
 * @throws FormatError for an instant that its type has not.
 */
export function joinTwins(type: DataType, seconds: Data, nanoseconds: Data): Data {
  if (isUnit(seconds.type, TimeUnit.SECOND) && isUnit(nanoseconds.type, TimeUnit.NANOSECOND)) {
    return joinInstants(type as Timestamp, seconds, nanoseconds);
  }
  if (!type.children?.length) return convertData(type, seconds, restore);
  const children = type.children.map((child, k) =>
    joinTwins(child.type, seconds.children[k] as Data, nanoseconds.children[k] as Data),
  );
  const { offset, length, nullCount } = seconds;
  // Declared as a list of buffers, but a Data in their place keeps the buffers as they are.
  return seconds.clone(type, offset, length, nullCount, seconds as never, children);
}

function isUnit(type: DataType, unit: TimeUnit): boolean {
  return DataType.isTimestamp(type) && type.unit === unit;
}

function joinInstants(type: Timestamp, seconds: Data, nanoseconds: Data): Data {
  const divisor = divisors[type.unit] as bigint;
  const values = new BigInt64Array(seconds.length);
  for (let row = 0; row < seconds.length; row++) {
    if (!seconds.getValid(row)) continue;
    const whole = (seconds.values[row] as bigint) * perSecond;
    const part = BigInt.asUintN(64, (nanoseconds.values[row] as bigint) - whole);
    const exact = (whole + part) / divisor;
    const isWhole = part < perSecond && part % divisor === 0n;
    if (!isWhole || BigInt.asIntN(64, exact) !== exact) {
      throw new FormatError(
        `instant of 96 bits does not fit ${describeType(type)}: ${whole + part} ns since 1970. Read it in another unit: int96: '${isWhole ? 'us' : 'ns'}'`,
      );
    }
    values[row] = exact;
  }
  return withValues(type, seconds, values);
}

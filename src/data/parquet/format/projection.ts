import type { Schema } from 'apache-arrow';
import { SchemaError } from '../../../errors.js';
import { arrowSchemaKey, selectArrowSchema } from '../types/arrow-schema.js';
import { arrowSchemaOf, usableHints } from '../types/hints.js';
import type { ParquetFooter } from './footer.js';
import { listRoots, type TopLevelColumn } from './roots.js';
import { type ThriftList, type ThriftStruct, type ThriftValue, wire } from './thrift.js';
import { getField, getStructs, setField, setStructs } from './thrift-fields.js';

// Ids of fields of FileMetaData and KeyValue in parquet.thrift.
const file = { schema: 2, keyValues: 5, columnOrders: 7 };
const keyValue = { key: 1, value: 2 };

/** Which leaves of the schema tree are read, and the footer for the engine of a file with those. */
export interface Projection {
  readonly leaves: readonly number[];
  readonly tree: ThriftStruct;
  /** What the file itself says of the columns: the elements of its schema, and its Arrow schema. */
  readonly elements: readonly ThriftStruct[];
  readonly hint: Schema | undefined;
}

/**
 * The footer of a file that has only some of the columns, in the order of the file.
 *
 * @param columns names of top-level columns; all of them by default.
 * @throws SchemaError if the file lacks one of the columns.
 */
export function projectFooter(
  name: string,
  { tree }: ParquetFooter,
  columns?: readonly string[],
): Projection {
  const elements = getStructs(tree, file.schema);
  const roots = listRoots(elements);
  if (!columns) {
    const leaves = roots.flatMap((root) => root.leaves);
    return { leaves, elements, hint: arrowSchemaOf(tree), tree: usableHints(tree) };
  }
  const wanted = new Set(columns);
  const known = new Set(roots.map((root) => root.name));
  for (const column of wanted) {
    if (!known.has(column)) {
      throw new SchemaError(
        `column is not in ${name}: '${column}'. Its columns are ${[...known].join(', ')}.`,
      );
    }
  }
  const kept = roots.filter((root) => wanted.has(root.name));
  const selected = selectColumns(tree, kept, wanted);
  return {
    leaves: kept.flatMap((root) => root.leaves),
    elements: getStructs(selected, file.schema),
    hint: arrowSchemaOf(selected),
    tree: usableHints(selected),
  };
}

function selectColumns(
  tree: ThriftStruct,
  kept: readonly TopLevelColumn[],
  wanted: ReadonlySet<string>,
): ThriftStruct {
  const elements = getStructs(tree, file.schema);
  const root = setField(elements[0] ?? [], 5, wire.int32, kept.length);
  const selected = kept.flatMap(({ start, end }) => elements.slice(start, end));
  const keyValues = getStructs(tree, file.keyValues).flatMap((entry) => selectEntry(entry, wanted));
  const orders = getField(tree, file.columnOrders) as ThriftList | undefined;
  const leaves = kept.flatMap((each) => each.leaves);
  const keptOrders = orders && {
    ...orders,
    items: leaves.map((leaf) => orders.items[leaf] as ThriftValue),
  };
  let projected = setStructs(tree, file.schema, [root, ...selected]);
  projected = setStructs(projected, file.keyValues, keyValues);
  return setField(projected, file.columnOrders, wire.list, keptOrders);
}

function selectEntry(entry: ThriftStruct, wanted: ReadonlySet<string>): ThriftStruct[] {
  if (text(getField(entry, keyValue.key)) !== arrowSchemaKey) return [entry];
  const value = selectArrowSchema(text(getField(entry, keyValue.value)), wanted);
  if (value === undefined) return [];
  return [setField(entry, keyValue.value, wire.binary, Buffer.from(value))];
}

function text(value: ThriftValue | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : '';
}

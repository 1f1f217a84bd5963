import { isLeaf } from './leaves.js';
import type { ThriftStruct } from './thrift.js';
import { getField } from './thrift-fields.js';

// Ids of fields of SchemaElement in parquet.thrift.
const element = { name: 4, children: 5 };

/** A top-level column: its elements in the flat schema, `start` to `end`, and its leaves. */
export interface TopLevelColumn {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly leaves: readonly number[];
}

/** The top-level columns of Parquet's flat schema: a tree, parents first. */
export function listRoots(elements: readonly ThriftStruct[]): TopLevelColumn[] {
  const roots: TopLevelColumn[] = [];
  let leaf = 0;
  for (let start = 1; start < elements.length; ) {
    let end = start;
    const leaves: number[] = [];
    for (let open = 1; open > 0 && end < elements.length; end++) {
      const struct = elements[end] as ThriftStruct;
      // Each element closes one place and opens its children's.
      open += Number(getField(struct, element.children) ?? 0) - 1;
      if (isLeaf(struct)) leaves.push(leaf++);
    }
    const name = getField(elements[start] as ThriftStruct, element.name);
    roots.push({ name: Buffer.from((name ?? []) as Uint8Array).toString(), start, end, leaves });
    start = end;
  }
  return roots;
}

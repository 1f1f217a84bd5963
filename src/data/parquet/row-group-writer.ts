import { Schema } from 'apache-arrow';
import type { ByteSink } from '../files/atomic.js';
import { closingMetadata } from '../files/closing-metadata.js';
import { withMetadata } from '../schema/schema.js';
import { decodeFooter, encodeFooter, parquetMagic } from './format/footer.js';
import {
  type PageIndex,
  pageIndexStart,
  placePageIndexes,
  takePageIndex,
} from './format/page-index.js';
import { moveRowGroup } from './format/relocate.js';
import { withRowGroups } from './format/row-group.js';
import { type ThriftStruct, wire } from './format/thrift.js';
import { getStructs, setStructs } from './format/thrift-fields.js';
import { arrowSchemaKey, encodeArrowSchema } from './types/arrow-schema.js';
import { nameTypes } from './types/names.js';
import type { CheckedParquetOptions } from './write-options.js';

/** Writes a Parquet file, one row group after the other. */
export interface RowGroupWriter {
  /** Appends the row group of a Parquet file that lies in memory, whose rows had this schema. */
  append(schema: Schema, part: Uint8Array): Promise<void>;
  /** Writes the footer, after at least one group; gives the rows of all groups. */
  finish(): Promise<number>;
}

const file = { rowGroups: 4, keyValues: 5 };

/**
 * A writer of row groups that all have one schema object.
 *
 * @param name names the file in messages.
 */
export function createRowGroupWriter(
  name: string,
  sink: ByteSink,
  options: Pick<CheckedParquetOptions, 'metadata'>,
): RowGroupWriter {
  const written: ThriftStruct[] = [];
  const indexes: PageIndex[] = [];
  let tree: ThriftStruct = [];
  let described: Schema | undefined;
  let rows = 0;
  return {
    async append(schema, part) {
      if (sink.position === 0) await sink.write(parquetMagic);
      const footerBytes = Buffer.from(part).readUInt32LE(part.length - 8) + 8;
      // A copy: what is kept of it until the end would keep the bytes of the row group, too.
      const footer = decodeFooter(name, part.slice(-footerBytes));
      const delta = BigInt(sink.position - parquetMagic.length);
      let end = part.length - footerBytes;
      for (const rowGroup of getStructs(footer.tree, file.rowGroups)) {
        end = Math.min(end, pageIndexStart(rowGroup) ?? end);
        indexes.push(takePageIndex(part, rowGroup, delta));
        written.push(moveRowGroup(rowGroup, delta, written.length));
      }
      await sink.write(part.subarray(parquetMagic.length, end));
      tree = nameTypes(footer.tree, schema);
      described = schema;
      rows += Number(footer.metadata.num_rows);
    },
    async finish() {
      const schema = described ?? new Schema();
      const metadata = { ...closingMetadata(schema), ...options.metadata };
      const whole = withKeyValues(tree, withMetadata(schema, metadata));
      // All page indexes stand together, so that readers fetch them at once.
      const { bytes, groups } = placePageIndexes(written, indexes, sink.position);
      await sink.write(bytes);
      await sink.write(encodeFooter(withRowGroups(whole, groups, BigInt(rows))));
      return rows;
    },
  };
}

function withKeyValues(tree: ThriftStruct, schema: Schema): ThriftStruct {
  // The engine writes these too, but in an order that changes from run to run.
  const entries = [...schema.metadata, [arrowSchemaKey, encodeArrowSchema(schema)] as const];
  const structs = entries.map(([key, value]) => [
    { id: 1, type: wire.binary, value: Buffer.from(key) },
    { id: 2, type: wire.binary, value: Buffer.from(value) },
  ]);
  return setStructs(tree, file.keyValues, structs);
}

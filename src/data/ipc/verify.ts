import { MessageHeader } from 'apache-arrow';
import { assertSupported, UnsupportedByteOrder } from './unsupported-type.js';

// Positions of fields in the tables of Arrow's Message.fbs, Schema.fbs and File.fbs.
const message = { headerType: 1, header: 2, metadata: 4 };
const schema = { endianness: 0, fields: 1, metadata: 2 };
const littleEndian = 0;
const field = { name: 0, typeId: 2, children: 5, metadata: 6 };
const recordBatch = { nodes: 1, buffers: 2, variadicCounts: 4 };
const dictionaryBatch = { data: 1 };
const footer = { schema: 1, dictionaries: 2, batches: 3, metadata: 4 };

const pointerBytes = 4;
const nodeBytes = 16;
const blockBytes = 24;

/**
 * Raises if a message claims more parts than its bytes can hold.
 *
 * arrow-js believes such a claim, and goes on until memory is full.
 *
 * @throws RangeError
 * @throws UnsupportedType if a column has a type that arrow-js lacks.
 */
export function verifyMessage(bytes: Uint8Array): void {
  const read = createTableReader(bytes);
  const root = read.root();
  read.count(root, message.metadata, pointerBytes);
  const header = read.child(root, message.header);
  const kind = read.byte(root, message.headerType);
  if (header === undefined) throw new RangeError('it has no header');
  if (kind === MessageHeader.Schema) verifySchema(read, header);
  else if (kind === MessageHeader.RecordBatch) verifyBatch(read, header);
  else if (kind === MessageHeader.DictionaryBatch) {
    verifyBatch(read, read.child(header, dictionaryBatch.data));
  } else throw new RangeError(`it is of kind ${kind}`);
}

/** The kind of a message, by the first bytes of its metadata; undefined if these are none. */
export function messageKind(bytes: Uint8Array): MessageHeader | undefined {
  try {
    const read = createTableReader(bytes);
    return read.byte(read.root(), message.headerType);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** As {@link verifyMessage}, of the footer of an IPC file. */
export function verifyFooter(bytes: Uint8Array): void {
  const read = createTableReader(bytes);
  const root = read.root();
  verifySchema(read, read.child(root, footer.schema));
  read.count(root, footer.dictionaries, blockBytes);
  read.count(root, footer.batches, blockBytes);
  read.count(root, footer.metadata, pointerBytes);
}

type TableReader = ReturnType<typeof createTableReader>;

function verifySchema(read: TableReader, table?: number): void {
  if (table === undefined) throw new RangeError('it has no schema');
  // What is not little is taken for big, by other readers too.
  if (read.optionalByte(table, schema.endianness) !== littleEndian)
    throw new UnsupportedByteOrder();
  read.count(table, schema.metadata, pointerBytes);
  for (const child of read.children(table, schema.fields)) verifyField(read, child);
}

function verifyField(read: TableReader, table: number, parent?: string): void {
  const name = read.text(table, field.name);
  const path = parent === undefined ? name : `${parent}.${name}`;
  assertSupported(path, read.byte(table, field.typeId));
  read.count(table, field.metadata, pointerBytes);
  for (const child of read.children(table, field.children)) verifyField(read, child, path);
}

function verifyBatch(read: TableReader, table?: number): void {
  if (table === undefined) throw new RangeError('it has no data');
  read.count(table, recordBatch.nodes, nodeBytes);
  read.count(table, recordBatch.buffers, nodeBytes);
  read.count(table, recordBatch.variadicCounts, 8);
}

function createTableReader(bytes: Uint8Array) {
  // A DataView raises a RangeError outside its bytes.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let tables = 0;

  function locate(table: number, index: number): number | undefined {
    const vtable = table - view.getInt32(table, true);
    const entry = 4 + 2 * index;
    const offset = entry < view.getUint16(vtable, true) ? view.getUint16(vtable + entry, true) : 0;
    return offset === 0 ? undefined : table + offset;
  }

  function child(table: number, index: number): number | undefined {
    const at = locate(table, index);
    return at === undefined ? undefined : at + view.getUint32(at, true);
  }

  function count(table: number, index: number, elementBytes: number): number {
    const vector = child(table, index);
    if (vector === undefined) return 0;
    const length = view.getUint32(vector, true);
    if (vector + 4 + length * elementBytes > bytes.length) {
      throw new RangeError(`it claims ${length} parts`);
    }
    return length;
  }

  return {
    root: () => view.getUint32(0, true),
    optionalByte(table: number, index: number): number {
      const at = locate(table, index);
      return at === undefined ? 0 : view.getUint8(at);
    },
    byte: (table: number, index: number) => view.getUint8(locate(table, index) ?? bytes.length),
    text(table: number, index: number): string {
      const length = count(table, index, 1);
      const start = (child(table, index) ?? 0) + 4;
      return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString();
    },
    child,
    count,
    *children(table: number, index: number): Generator<number> {
      const length = count(table, index, pointerBytes);
      const vector = child(table, index) ?? 0;
      for (let k = 0; k < length; k++) {
        // Tables may share parts, so that few bytes could describe a tree without end.
        if (++tables > bytes.length) throw new RangeError('it has too many parts');
        const at = vector + 4 + k * pointerBytes;
        yield at + view.getUint32(at, true);
      }
    },
  };
}

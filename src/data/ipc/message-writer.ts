import {
  type AsyncByteQueue,
  Message,
  type RecordBatch,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  type Schema,
} from 'apache-arrow';

/** The two forms of Arrow IPC. */
export type IpcFormat = 'arrow-file' | 'arrow-stream';

/** Turns batches into bytes, one at a time: each call gives the bytes that it adds. */
export interface MessageWriter {
  start(schema: Schema): Uint8Array;
  write(batch: RecordBatch): Uint8Array;
  finish(): Uint8Array;
}

/** A writer of IPC messages without a queue of its own, so that its caller sets the pace. */
export function createMessageWriter(format: IpcFormat): MessageWriter {
  let chunks: Uint8Array[] = [];
  const sink = { write: (chunk: Uint8Array) => chunks.push(chunk), close() {} };
  const writer =
    format === 'arrow-file'
      ? new FileWriter(sink as unknown as Sink)
      : new StreamWriter(sink as unknown as Sink);
  const drain = () => {
    const bytes = Buffer.concat(chunks);
    chunks = [];
    return bytes;
  };
  return {
    start(schema) {
      writer.reset(undefined, schema);
      return drain();
    },
    write(batch) {
      writer.write(batch);
      return drain();
    },
    finish() {
      writer.finish();
      return drain();
    },
  };
}

type Sink = AsyncByteQueue<Uint8Array>;

class StreamWriter extends RecordBatchStreamWriter {
  constructor(sink: Sink) {
    super();
    this._sink = sink;
  }
}

class FileWriter extends RecordBatchFileWriter {
  constructor(sink: Sink) {
    super();
    this._sink = sink;
  }

  // An IPC file holds a whole stream, which starts with its schema; arrow-js leaves that out, and
  // readers that go from front to back cannot read its files.
  protected override _writeSchema(schema: Schema): this {
    return super._writeSchema(schema)._writeMessage(Message.from(schema));
  }
}

import {
  type AsyncByteQueue,
  Message,
  type RecordBatch,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  type Schema,
} from 'apache-arrow';
import { withWrittenNames } from './empty-names.js';

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
  const take = (chunk: Uint8Array) => chunks.push(chunk);
  const writer = format === 'arrow-file' ? new FileWriter(take) : new StreamWriter(take);
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

/** What takes the pieces of a message, as a sink of arrow-js. */
type Take = (chunk: Uint8Array) => void;

function sinkOf(take: Take): AsyncByteQueue {
  return { write: take, close() {} } as unknown as AsyncByteQueue;
}

/** A writer of an IPC stream that gives pieces of its messages away as they come. */
export class StreamWriter extends RecordBatchStreamWriter {
  constructor(take: Take) {
    super();
    this._sink = sinkOf(take);
  }

  protected override _writeSchema(schema: Schema): this {
    return super._writeSchema(withWrittenNames(schema));
  }
}

class FileWriter extends RecordBatchFileWriter {
  constructor(take: Take) {
    super();
    this._sink = sinkOf(take);
  }

  #last: RecordBatch | undefined;

  // Those of the last batch, behind all batches: they hold what those before hold, a file may have
  // no second one, and not all readers know deltas.
  protected override _writeDictionaries(batch: RecordBatch): this {
    if (batch.dictionaries.size > 0) this.#last = batch;
    return this;
  }

  protected override _writeFooter(schema: Schema): this {
    if (this.#last) super._writeDictionaries(this.#last);
    return super._writeFooter(withWrittenNames(schema));
  }

  // An IPC file holds a whole stream, which starts with its schema; arrow-js leaves that out, and
  // readers that go from front to back cannot read its files.
  protected override _writeSchema(schema: Schema): this {
    const named = withWrittenNames(schema);
    return super._writeSchema(named)._writeMessage(Message.from(named));
  }
}

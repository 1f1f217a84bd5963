/** The part of parquetjs-lite 0.8 that this package uses; it has no types of its own. */
declare module 'parquetjs-lite' {
  export interface SchemaField {
    name: string;
    primitiveType?: string;
    originalType?: string;
    repetitionType: string;
    encoding?: string;
    compression?: string;
    isNested?: boolean;
  }

  export class ParquetSchema {
    constructor(fields: object);
    readonly fieldList: readonly SchemaField[];
  }

  export class ParquetEnvelopeWriter {
    constructor(
      schema: ParquetSchema,
      write: (bytes: Uint8Array) => void,
      close: () => void,
      fileOffset: number,
      options: { pageIndex: false },
    );
  }

  export class ParquetWriter {
    constructor(schema: ParquetSchema, envelope: ParquetEnvelopeWriter, options: object);
    static openFile(schema: ParquetSchema, path: string, options?: object): Promise<ParquetWriter>;
    readonly schema: ParquetSchema;
    userMetadata: Record<string, string>;
    setRowGroupSize(rows: number): void;
    appendRow(row: object): Promise<void>;
    close(): Promise<void>;
  }

  export interface ColumnChunk {
    meta_data: { path_in_schema: string[] };
  }

  export interface DecodedChunk {
    count: number;
    dlevels: number[];
    /** Those that are not null, as they are stored: bytes for text, a number of days for a date. */
    values: (number | bigint | boolean | Uint8Array)[];
  }

  export class ParquetReader {
    static openBuffer(bytes: Buffer, options: { rawStatistics: true }): Promise<ParquetReader>;
    static openFile(path: string): Promise<ParquetReader>;
    getSchema(): ParquetSchema;
    getCursor(): { next(): Promise<object | null> };
    close(): Promise<void>;
    readonly schema: ParquetSchema;
    readonly metadata: { row_groups: { columns: ColumnChunk[] }[] };
    readonly envelopeReader: {
      readColumnChunk(
        schema: ParquetSchema,
        chunk: ColumnChunk,
        options: { rawStatistics: true },
      ): Promise<DecodedChunk>;
    };
  }

  const library: {
    ParquetSchema: typeof ParquetSchema;
    ParquetEnvelopeWriter: typeof ParquetEnvelopeWriter;
    ParquetWriter: typeof ParquetWriter;
    ParquetReader: typeof ParquetReader;
  };
  export default library;
}

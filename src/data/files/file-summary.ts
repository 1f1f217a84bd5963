/** What was written. */
export interface FileSummary<Format extends string = string> {
  /** As given: '-' is standard output, or another stream. */
  path: string;
  /** Name of the format. */
  format: Format;
  /** Rows of the file. */
  rows: number;
  /** Bytes of the file. */
  bytes: number;
}

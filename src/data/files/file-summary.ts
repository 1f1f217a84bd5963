/** What was written. */
export interface FileSummary<Format extends string = string> {
  /** As given: '-' is standard output, or another stream. */
  path: string;
  format: Format;
  rows: number;
  bytes: number;
}

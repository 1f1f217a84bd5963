import { gzipSync } from 'node:zlib';

/** Bytes of JSON that are kept as they are; more are packed. */
const mostPlain = 500_000;

/** A link to figures as JSON, which is in the link itself. */
export function downloadLink(figures: object): string {
  const json = Buffer.from(JSON.stringify(figures));
  const isPlain = json.length <= mostPlain;
  const [bytes, type, name] = isPlain
    ? [json, 'application/json', 'report.json']
    : [gzipSync(json), 'application/gzip', 'report.json.gz'];
  const data = bytes.toString('base64');
  return `<a download="${name}" href="data:${type};base64,${data}">All figures as JSON</a>`;
}

import { gunzipSync } from 'node:zlib';

/** The formats of texts. */
export type TextFormat = 'csv' | 'json-lines';

/**
 * Rows that a text has: of CSV below its header. NaN if its bytes are no text, or damaged gzip: these
 * are to be refused.
 *
 * @param columns that were read: where there is one, an empty line is a row of CSV.
 */
export function claimedTextRows(bytes: Buffer, format: TextFormat, columns: number): number {
  const text = decode(bytes);
  if (text === undefined) return Number.NaN;
  if (format === 'json-lines') return text.split('\n').filter((line) => line.trim() !== '').length;
  const [, ...rows] = recordsOf(text);
  return rows.filter((row) => columns === 1 || row.replaceAll('"', '') !== '').length;
}

/** What lies between line breaks that are not in quotes: of what can be read, every quote opens or closes. */
function recordsOf(text: string): string[] {
  const records: string[] = [];
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted || (character !== '\n' && character !== '\r')) continue;
    records.push(text.slice(start, at));
    if (character === '\r' && text[at + 1] === '\n') at++;
    start = at + 1;
  }
  if (start < text.length) records.push(text.slice(start));
  return records;
}

function decode(bytes: Buffer): string | undefined {
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    const mark = plain.toString('hex', 0, 2);
    const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[mark] ?? 'utf-8';
    return new TextDecoder(encoding, { fatal: true }).decode(plain);
  } catch {
    return undefined;
  }
}

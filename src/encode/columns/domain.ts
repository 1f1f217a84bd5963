import type { Data, Field } from 'apache-arrow';
import { isTextable } from '../cells/column-types.js';
import { levelWriter } from '../cells/level-writer.js';
import type { ColumnEncoder } from '../encoder.js';
import { listOf, type Members, refuse } from '../json-checks.js';

/** A column that says which of two domains a row is of, such as the scanner that made its image. */
export interface DomainEncoder extends ColumnEncoder {
  readonly kind: 'domain';
  /** The domain that rows are translated from, and the one that they are translated to, as texts. */
  readonly levels: readonly [from: string, to: string];
  /** The column of so many translated rows. */
  write(rows: number): Data;
}

/**
 * An encoder of the column that names the domains of a translation: nothing of it is learned, and
 * synthetic rows hold the second.
 *
 * @param levels Texts of cells (see `readTexts`).
 */
export function domainEncoder(field: Field, levels: readonly [string, string]): DomainEncoder {
  const writeLevels = levelWriter(field.type, levels);
  const write = (rows: number) => writeLevels(new Int32Array(rows).fill(1));
  return {
    kind: 'domain',
    levels,
    spans: [],
    encode: () => [],
    write,
    decode: (_, rows) => write(rows),
    toJSON: () => ({ kind: 'domain', levels }),
  };
}

/** Whether an encoder is one of domains. */
export function isDomainEncoder(encoder: ColumnEncoder | undefined): encoder is DomainEncoder {
  return encoder?.kind === 'domain';
}

/** Reads a saved encoder of domains. */
export function domainFromJSON(field: Field, members: Members): DomainEncoder {
  if (!isTextable(field.type)) refuse(field, 'does not fit the type', String(field.type));
  const levels = listOf(field, members, 'levels');
  const [from, to] = levels;
  if (levels.length !== 2 || typeof from !== 'string' || typeof to !== 'string' || from === to) {
    return refuse(field, 'has bad domains', levels);
  }
  return domainEncoder(field, [from, to]);
}

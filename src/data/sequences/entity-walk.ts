import { hash } from 'node:crypto';
import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { createByteBuffer } from '../content/byte-buffer.js';
import { createCellWriter } from '../content/write-cell.js';
import { type ChangeDetector, createChangeDetector } from './changes.js';
import { createOrderCheck } from './order-check.js';
import { createSeenKeys } from './seen-keys.js';

/** Columns of a long table, by their places. */
export interface EntityColumns {
  readonly by: readonly number[];
  readonly attributes: readonly number[];
  readonly orderBy: number | undefined;
  /** Whether the attributes were found in the first rows, instead of named. */
  readonly areFound: boolean;
}

/** Finds where entities begin in one batch after the other: numbers of rows in the whole stream. */
export type EntityWalk = (batch: RecordBatch) => number[];

/**
 * Walks along the rows of a long table, and checks them.
 *
 * The walk raises a DataError for an entity whose rows lie apart or out of order, and for an attribute
 * that varies in one; it names the entity, the row and the remedy.
 */
export function createEntityWalk(schema: Schema, columns: EntityColumns): EntityWalk {
  const { by, attributes, orderBy } = columns;
  const keyChanges = by.map(createChangeDetector);
  const attributeChanges = attributes.map(createChangeDetector);
  const checkOrder = orderBy === undefined ? undefined : createOrderCheck();
  const seen = createSeenKeys();
  const buffer = createByteBuffer();
  let first = 0;
  return (batch) => {
    const entity = (row: number) => entityName(batch, by, row);
    const begins = beginnings(batch, by, keyChanges, first === 0);
    const writers = by.map((column) => createCellWriter(batch.data.children[column] as Data));
    const starts: number[] = [];
    for (let row = 0; row < batch.numRows; row++) {
      if (!begins[row]) continue;
      starts.push(first + row);
      buffer.clear();
      for (const write of writers) write(row, buffer);
      const key = hash('sha1', buffer.written, 'buffer');
      if (seen.add(key.readUInt32LE(0), key.readUInt32LE(4))) continue;
      throw new DataError(
        `rows of ${entity(row)} lie apart: there are more of them at row ${first + row}, behind ` +
          `those of others. Sort the rows by ${sortColumns(schema, columns)} first`,
      );
    }
    attributes.forEach((column, k) => {
      const changed = attributeChanges[k]?.(batch.data.children[column] as Data) as Uint8Array;
      const row = changed.findIndex((each, at) => each === 1 && !begins[at]);
      if (row < 0) return;
      throw new DataError(
        `column '${schema.fields[column]?.name}' is to be an attribute, and varies within ` +
          `${entity(row)}: at row ${first + row}. ${attributeRemedy(columns)}`,
      );
    });
    checkOrder?.(batch.data.children[orderBy as number] as Data, begins, (row, problem) => {
      throw new DataError(
        `column '${schema.fields[orderBy as number]?.name}' ${problem} within ${entity(row)}: at row ` +
          `${first + row}. Sort the rows by ${sortColumns(schema, columns)} first`,
      );
    });
    first += batch.numRows;
    return starts;
  };
}

function beginnings(
  batch: RecordBatch,
  by: readonly number[],
  detectors: readonly ChangeDetector[],
  isFirst: boolean,
): Uint8Array {
  const begins = new Uint8Array(batch.numRows);
  // Without a key all rows are one entity.
  if (isFirst && begins.length > 0) begins[0] = 1;
  by.forEach((column, k) => {
    const changed = detectors[k]?.(batch.data.children[column] as Data) as Uint8Array;
    for (let row = 0; row < changed.length; row++) if (changed[row]) begins[row] = 1;
  });
  return begins;
}

/** An entity in words, of the row of a batch that is one of its rows: 'device "a7"'. */
export function entityName(batch: RecordBatch, by: readonly number[], row: number): string {
  if (by.length === 0) return 'the series';
  const parts = by.map((column) => {
    const value: unknown = batch.getChildAt(column)?.get(row);
    const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
    return `${batch.schema.fields[column]?.name} ${shown}`;
  });
  return parts.join(', ');
}

function sortColumns(schema: Schema, { by, orderBy }: EntityColumns): string {
  const places = orderBy === undefined ? by : [...by, orderBy];
  return places.map((column) => `'${schema.fields[column]?.name}'`).join(', ');
}

function attributeRemedy({ areFound }: EntityColumns): string {
  return areFound
    ? 'It was constant in each entity of the first rows: name the true attributes, as in attributes: []'
    : 'Leave it out of attributes';
}

import type { Field, RecordBatch, Vector } from 'apache-arrow';
import { isList, readSequenceLayout } from '../data/sequences/sequence-layout.js';
import { nullCountOf } from '../encode/cells/column-values.js';
import { holdsPictures } from '../encode/pictures/picture-reader.js';
import { flattenLists, itemField, listLengths } from '../encode/series/series.js';
import { columnOf } from '../encode/table.js';
import type { Column, NumericColumn, Sequences } from './column.js';
import {
  type ComparedAs,
  checkType,
  chooseKind,
  type IgnoredColumn,
  isNumber,
  readCategorical,
  readNumeric,
} from './read-cells.js';

/** Steps of a row at most, where rows are sequences. */
const mostSteps = 2000;

/** What rows of sequences hold beside attributes. */
interface ReadSequences {
  /** Names of the columns that are dealt with: lists, and what names sequences. */
  readonly fields: ReadonlySet<string>;
  readonly ignored: readonly IgnoredColumn[];
  /** For each table its steps, if its rows are sequences, and where times of them start. */
  readonly tables: readonly {
    readonly sequences?: Sequences;
    readonly starts: readonly NumericColumn[];
  }[];
}

/**
 * Reads the steps of rows of sequences, of several tables together. In the place of times of steps, or
 * of what else orders them, come the gaps between them, `time (gap)`, and where they start,
 * `time (start)`, each if it varies.
 *
 * @throws SchemaError where a series is of types that cannot be compared.
 */
export function readSequences(
  names: readonly string[],
  batches: readonly (readonly RecordBatch[])[],
  columns: Readonly<Record<string, ComparedAs>>,
): ReadSequences {
  const [[first]] = batches as [[RecordBatch]];
  const { schema } = first;
  const layout = readSequenceLayout(schema);
  const tables = names.map(() => ({ starts: [] }));
  const lists = schema.fields.filter(
    (field) => layout?.lists.includes(field.name) && isList(field) && !holdsPictures(field),
  );
  if (!layout || lists.length === 0) return { fields: new Set(), ignored: [], tables };
  const vectors = lists.map(({ name }) => batches.map((own) => listsNamed(own, name)));
  const problem = problemOf(names, vectors);
  const refused = lists.map(({ name }) => ({ name, reason: problem ?? '' }));
  if (problem)
    return { fields: new Set(refused.map(({ name }) => name)), ignored: refused, tables };
  const offsets = names.map((_, k) => offsetsOf(listLengths(vectors[0]?.[k] as Vector)));
  const ignored: IgnoredColumn[] = layout.by.map((name) => ({ name, reason: 'names sequences' }));
  const read = lists.flatMap((field, k): readonly ReadSteps[] => {
    const choice = Object.hasOwn(columns, field.name) ? columns[field.name] : undefined;
    const found = readSteps(field, vectors[k] as Vector[], names, choice);
    if ('reason' in found) ignored.push({ name: field.name, ...found });
    if ('reason' in found) return [];
    return field.name === layout.orderBy ? orderColumns(found, offsets) : [{ steps: found }];
  });
  const steps = read.flatMap((own) => ('steps' in own ? [own.steps] : []));
  const starts = read.flatMap((own) => ('starts' in own ? [own.starts] : []));
  const at = <Own>(all: readonly (readonly Own[])[], table: number) =>
    all.map((own) => own[table] as Own);
  return {
    fields: new Set([...lists.map(({ name }) => name), ...layout.by]),
    ignored,
    tables: offsets.map((own, k) => ({
      ...(steps.length > 0 ? { sequences: { offsets: own, steps: at(steps, k) } } : {}),
      starts: at(starts, k),
    })),
  };
}

/** A column of steps, or of where sequences start, for each table. */
type ReadSteps =
  | { readonly steps: readonly Column[] }
  | { readonly starts: readonly NumericColumn[] };

function listsNamed(batches: readonly RecordBatch[], name: string): Vector | undefined {
  const column = batches[0]?.schema.fields.findIndex((field) => field.name === name) ?? -1;
  const field = batches[0]?.schema.fields[column];
  return field && isList(field) ? columnOf(batches, column) : undefined;
}

/** Why lists are not the steps of sequences, if they are not. */
function problemOf(
  names: readonly string[],
  vectors: readonly (readonly (Vector | undefined)[])[],
): string | undefined {
  for (const [k, name] of names.entries()) {
    const lengths = vectors.map((own) => own[k] && listLengths(own[k]));
    if (lengths.some((own) => !own)) return `is not among the lists of ${name}`;
    const [first, ...others] = lengths as Int32Array[];
    if (others.some((own) => own.some((length, row) => length !== first?.[row]))) {
      return 'is a list, and lists of one row are of unlike length';
    }
    const longest = first?.reduce((most, length) => Math.max(most, length), 0) ?? 0;
    if (longest === 0) return `holds no steps in any row of ${name}`;
    if (longest > mostSteps) {
      return `holds up to ${longest} steps a row, of at most ${mostSteps}: cut series by windows`;
    }
  }
  return undefined;
}

function offsetsOf(lengths: Int32Array): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((length, row) => {
    offsets[row + 1] = (offsets[row] as number) + length;
  });
  return offsets;
}

/** The cells of all steps, a column for each table. */
function readSteps(
  list: Field,
  vectors: readonly Vector[],
  names: readonly string[],
  wanted: ComparedAs | undefined,
): readonly Column[] | { readonly reason: string } {
  const field = itemField(list).clone({ name: list.name });
  const cells = vectors.map(flattenLists);
  const first = cells[0] as Vector;
  if (nullCountOf(first) === first.length) return { reason: 'holds nulls alone' };
  // Numbers of a series may count up.
  const usual = isNumber(field.type) ? ('numeric' as const) : undefined;
  const choice = chooseKind(field, cells, wanted ?? usual);
  if (typeof choice === 'object') return choice;
  if (choice === 'text') return { reason: 'holds texts in series' };
  cells.forEach(({ type }, k) => {
    checkType(field, type, names[k] as string);
  });
  return choice === 'numeric' ? readNumeric(field, cells) : readCategorical(field, cells);
}

/** Gaps between steps, and where these start, each if it varies in any table. */
function orderColumns(order: readonly Column[], offsets: readonly Int32Array[]): ReadSteps[] {
  const numbers = order.filter((column) => column.kind === 'numeric');
  if (numbers.length < order.length) return [{ steps: order }];
  const gaps = numbers.map(({ name, values }, k): NumericColumn => {
    const starts = new Set(offsets[k]);
    const between = values.map((value, step) =>
      starts.has(step) ? Number.NaN : value - (values[step - 1] as number),
    );
    return { kind: 'numeric', name: `${name} (gap)`, values: between, temporal: false };
  });
  const starts = numbers.map(({ name, values, temporal }, k): NumericColumn => {
    const own = offsets[k] as Int32Array;
    const first = Float64Array.from({ length: own.length - 1 }, (_, row) => {
      const isEmpty = own[row] === own[row + 1];
      return isEmpty ? Number.NaN : (values[own[row] as number] as number);
    });
    return { kind: 'numeric', name: `${name} (start)`, values: first, temporal };
  });
  return [...(vary(gaps) ? [{ steps: gaps }] : []), ...(vary(starts) ? [{ starts }] : [])];
}

function vary(columns: readonly NumericColumn[]): boolean {
  const known = columns.map(({ values }) => values.filter((value) => !Number.isNaN(value)));
  const first = known.find((values) => values.length > 0)?.[0];
  return known.some((values) => values.some((value) => value !== first));
}

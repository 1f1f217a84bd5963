import {
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  Float64,
  Int16,
  Int32,
  Int64,
  type RecordBatch,
  Schema,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';
import fc from 'fast-check';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import type { RuleOption } from '../../../src/encode/rules/rule.js';
import { columnOf } from '../../../src/encode/table.js';
import { createRandom, type Random } from '../../../src/random.js';
import { column } from '../columns.js';

type Cell = string | null;

/** Columns that keep a rule, with the rule. */
export interface Planted {
  readonly columns: Readonly<Record<string, { readonly type: DataType; readonly cells: Cell[] }>>;
  readonly rule: RuleOption;
}

export const plantedKinds = [
  'determined',
  'triple',
  'chain',
  'dates',
  'times',
  'floats',
  'nulls',
  'null-where',
  'sum',
  'ratio',
] as const;

const cellsOf = (rows: number, make: (row: number) => Cell) =>
  Array.from({ length: rows }, (_, row) => make(row));

/** Columns of so many rows that keep a rule of a kind; their names start with `prefix`. */
export function plant(
  kind: (typeof plantedKinds)[number],
  prefix: string,
  rows: number,
  random: Random,
): Planted {
  const [a, b, c] = [`${prefix}a`, `${prefix}b`, `${prefix}c`];
  const whole = (below: number) => random.integer(below);
  switch (kind) {
    case 'determined': {
      const towns = cellsOf(rows, () => (whole(20) === 0 ? null : `town ${whole(12)}`));
      const lands = towns.map((town) =>
        town === null ? null : `land ${Number(town.slice(5)) % 4}`,
      );
      return {
        columns: {
          [a]: { type: new Utf8(), cells: towns },
          [b]: { type: new Dictionary(new Utf8(), new Int16()), cells: lands },
        },
        rule: { kind: 'combination', columns: [a, b] },
      };
    }
    case 'triple':
    case 'chain': {
      const most = kind === 'chain' ? 2 : 3;
      const [x, y] = [
        cellsOf(rows, () => String(whole(most))),
        cellsOf(rows, () => String(whole(3))),
      ];
      const z = x.map((value, row) => `is ${(Number(value) + Number(y[row])) % 3}`);
      const text = { type: new Utf8() };
      return {
        columns: {
          [a]: { ...text, cells: x },
          [b]: { ...text, cells: y },
          [c]: { ...text, cells: z },
        },
        rule: { kind: 'combination', columns: [a, b, c] },
      };
    }
    case 'dates': {
      const starts = cellsOf(rows, () => String(18_000 + whole(800)));
      const ends = starts.map((day) => (whole(12) === 0 ? null : String(Number(day) + whole(9))));
      return {
        columns: {
          [a]: { type: new DateDay(), cells: starts },
          [b]: { type: new DateDay(), cells: ends },
        },
        rule: { kind: 'order', columns: [a, b] },
      };
    }
    case 'times': {
      const quarter = 900_000_000;
      const starts = cellsOf(rows, () => String(1_700_000_100_000_000 + whole(20_000) * quarter));
      const ends = starts.map((time) => String(Number(time) + (1 + whole(20)) * quarter));
      const type = new TimestampMicrosecond('Europe/Paris');
      return {
        columns: { [b]: { type, cells: ends }, [a]: { type, cells: starts } },
        rule: { kind: 'order', columns: [a, b] },
      };
    }
    case 'floats': {
      const low = cellsOf(rows, () => String(whole(1000) / 100));
      const high = low.map((value) => String(Math.round(100 * Number(value) + whole(500)) / 100));
      return {
        columns: {
          [a]: { type: new Float64(), cells: low },
          [b]: { type: new Float64(), cells: high },
        },
        rule: { kind: 'order', columns: [a, b] },
      };
    }
    case 'nulls': {
      const isNull = cellsOf(rows, () => (whole(3) === 0 ? null : ''));
      const cells = (below: number) =>
        isNull.map((one) => (one === null ? null : String(whole(below))));
      return {
        columns: {
          [a]: { type: new Int32(), cells: cells(5000) },
          [b]: { type: new Float64(), cells: cells(3000) },
        },
        rule: { kind: 'nulls', columns: [a, b] },
      };
    }
    case 'null-where': {
      const states = cellsOf(rows, () => ['none', 'some', 'all'][whole(3)] as string);
      const sizes = states.map((state) => (state === 'none' ? null : String(whole(5000))));
      return {
        columns: {
          [a]: { type: new Utf8(), cells: states },
          [b]: { type: new Int64(), cells: sizes },
        },
        rule: { kind: 'null-where', columns: [b, a] },
      };
    }
    case 'sum': {
      const parts = [a, b].map(() => cellsOf(rows, () => String(whole(9000))));
      const total = cellsOf(rows, (row) =>
        String(parts.reduce((sum, part) => sum + Number(part[row]), 0)),
      );
      const type = new Decimal(2, 18);
      return {
        columns: {
          [c]: { type, cells: total },
          [a]: { type, cells: parts[0] as Cell[] },
          [b]: { type, cells: parts[1] as Cell[] },
        },
        rule: { kind: 'sum', columns: [c, a, b] },
      };
    }
    case 'ratio': {
      const net = cellsOf(rows, () => String(whole(90_000)));
      const gross = net.map((value) => String(Number(value) * 1.5));
      return {
        columns: {
          [a]: { type: new Int32(), cells: net },
          [b]: { type: new Float64(), cells: gross },
        },
        rule: { kind: 'ratio', columns: [b, a] },
      };
    }
  }
}

/** A batch of planted columns, and of some that have nothing to do with each other. */
export function plantedBatch(
  planted: readonly Planted[],
  rows: number,
  random: Random,
): RecordBatch {
  const noise = {
    colour: {
      type: new Utf8(),
      cells: cellsOf(rows, () => ['red', 'green', 'blue'][random.integer(3)] as string),
    },
    flag: {
      type: new Utf8(),
      cells: cellsOf(rows, () => (random.integer(4) === 0 ? 'yes' : 'no')),
    },
    size: { type: new Float64(), cells: cellsOf(rows, () => String(random.uniform())) },
    count: {
      type: new Int32(),
      cells: cellsOf(rows, () =>
        random.integer(7) === 0 ? null : String(random.integer(100_000)),
      ),
    },
  };
  const columns = Object.entries(
    Object.assign({}, ...planted.map((one) => one.columns), noise) as Planted['columns'],
  );
  const schema = new Schema(columns.map(([name, { type }]) => new Field(name, type, true)));
  return makeBatch(
    schema,
    columns.flatMap(([, { type, cells }]) => column(type, cells).data),
    rows,
  );
}

/** Rows of a batch that break a rule. `known` are the combinations that there are. */
export function brokenRows(rule: RuleOption, batch: RecordBatch, real: RecordBatch): number {
  const cells = (from: RecordBatch) =>
    rule.columns.map((name) => {
      const place = from.schema.fields.findIndex((field) => field.name === name);
      const vector = columnOf([from], place);
      return vector ? readTexts(vector) : [];
    });
  const made = cells(batch);
  const rowsOf = (columns: (string | null)[][]) =>
    (columns[0] ?? []).map((_, row) => columns.map((each) => each[row] ?? null));
  const known = new Set(rowsOf(cells(real)).map((row) => JSON.stringify(row)));
  return rowsOf(made).filter((row) => !keeps(rule, row, known)).length;
}

function keeps({ kind }: RuleOption, row: readonly Cell[], known: ReadonlySet<string>): boolean {
  const [first, ...others] = row;
  switch (kind) {
    case 'combination':
      return known.has(JSON.stringify(row));
    case 'order': {
      const last = row.at(-1) ?? null;
      return (
        last === null ||
        row.slice(0, -1).every((each) => each !== null && Number(each) <= Number(last))
      );
    }
    case 'nulls':
      return row.every((each) => (each === null) === (first === null));
    case 'null-where':
      return (first === null) === (others[0] === 'none');
    case 'sum':
      return Number(first) === others.reduce((sum, each) => sum + Number(each), 0);
    case 'ratio':
      return Number(first) === 1.5 * Number(others[0]);
    case 'unique':
      return true;
  }
}

/** Random plantings of one to three rules of different kinds. */
export const plantings = fc.record({
  kinds: fc.uniqueArray(fc.constantFrom(...plantedKinds), { minLength: 1, maxLength: 3 }),
  rows: fc.integer({ min: 250, max: 600 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

export function plantAll({
  kinds,
  rows,
  seed,
}: {
  kinds: readonly (typeof plantedKinds)[number][];
  rows: number;
  seed: number;
}) {
  const random = createRandom(seed);
  const planted = kinds.map((kind, k) =>
    plant(kind, `${kind} ${k} `, rows, random.fork('plant', k)),
  );
  return { planted, batch: plantedBatch(planted, rows, random.fork('noise')) };
}

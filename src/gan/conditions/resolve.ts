import type { Field, Schema } from 'apache-arrow';
import { closestName } from '../../encode/closest-name.js';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { describeRule, type Rule } from '../../encode/rules/rule.js';
import { layoutOf, type PlacedSpan } from '../../encode/table.js';
import { unknownValue } from '../../encode/values/known-values.js';
import { type CellValue, showText } from '../../encode/values/value.js';
import { InvalidOptionError } from '../../errors.js';
import { createRandom } from '../../random.js';
import { balancedShares } from './balance.js';
import { cellText, constantVector } from './cell-text.js';
import { balanceOf, type ValueConditions } from './options.js';
import { type DrawnColumn, resolveCombination } from './resolve-combinations.js';

/** A column that has one value in every row. */
export interface FixedColumn {
  readonly column: number;
  readonly field: Field;
  /** See `readTexts`; null for null. */
  readonly text: string | null;
  /** Whether the value is put in as it was wanted: its code is rounded, or stands for several. */
  readonly isOverwritten: boolean;
  /** The value's spans in the layout, with what stands in them. */
  readonly spans: readonly {
    readonly index: number;
    readonly span: PlacedSpan;
    readonly value: number;
  }[];
}

/** Conditions in terms of a model. */
export interface ResolvedConditions {
  readonly fixed: readonly FixedColumn[];
  /** The span of the column that is balanced, and the shares that synthetic rows have of its codes. */
  readonly balanced?: {
    readonly index: number;
    readonly span: PlacedSpan;
    readonly shares: number[];
  };
  /** Columns of combinations of which each row has a drawn one. */
  readonly drawn: readonly DrawnColumn[];
}

/** A table whose rules are learned: its own schema, and the rules. */
export interface RuledTable {
  readonly schema: Schema;
  readonly rules: readonly Rule[];
}

/**
 * Finds the columns and levels that conditions speak of.
 *
 * @param ratio Share of the output that is synthetic: the rest has the frequencies of the data.
 * @param schema That of the columns that are learned.
 * @param table What they were made of. Default: the same columns.
 * @throws InvalidOptionError for a column that is not there or is not learned, and for a value that
 * was not among the data's.
 */
export function resolveConditions(
  conditions: ValueConditions,
  ratio: number,
  schema: Schema,
  encoders: readonly ColumnEncoder[],
  table: RuledTable = { schema, rules: [] },
): ResolvedConditions {
  const { where = {}, balance } = conditions;
  const { spans } = layoutOf(encoders);
  const placed = (column: number) =>
    spans.flatMap((span, index) => (span.column === column ? [{ span, index }] : []));
  const combinations = table.rules.filter(({ kind }) => kind === 'combination');
  const isCombined = (name: string) => combinations.some(({ columns }) => columns.includes(name));
  const drawn = combinations.flatMap((rule) => {
    const column = table.schema.fields.findIndex(({ name }) => rule.columns.includes(name));
    const encoder = encoders[column] as ColumnEncoder;
    const of = { schema: table.schema, rule, column, encoder, placed: placed(column)[0] };
    return resolveCombination(of, conditions, ratio) ?? [];
  });
  const fixed = Object.entries(where).flatMap(([name, value]) => {
    const column = findColumn(table.schema, name, 'where');
    if (isCombined(name)) return [];
    refuseFollower(name, table.rules, 'where');
    const encoder = encoders[column] as ColumnEncoder;
    return [fixColumn(schema.fields[column] as Field, column, encoder, placed(column), value)];
  });
  if (balance === undefined) return { fixed, drawn };
  const name = balanceOf(balance).column;
  const column = findColumn(table.schema, name, 'balance');
  if (isCombined(name)) return { fixed, drawn };
  refuseFollower(name, table.rules, 'balance');
  const own = placed(column)[0];
  return { fixed, drawn, balanced: balanceColumn(conditions, ratio, own, encoders[column]) };
}

function balanceColumn(
  { balance = '' }: Pick<ValueConditions, 'balance'>,
  ratio: number,
  own: { index: number; span: PlacedSpan } | undefined,
  encoder: ColumnEncoder | undefined,
): NonNullable<ResolvedConditions['balanced']> {
  const { column: name, shares } = balanceOf(balance);
  if (own?.span.kind !== 'onehot' || own.span.role !== 'category') {
    throw new InvalidOptionError(
      `balance names a column that is not learned as categories: '${name}'. Train with ` +
        `fit.columns.${name}.kind 'categorical', or choose another`,
    );
  }
  const levels = encoder?.toJSON().levels as (string | null)[];
  if (levels.length > own.span.counts.length) {
    throw new InvalidOptionError(
      `balance names a column of too many levels: '${name}', ${levels.length}. The rarest of them ` +
        'share a code; choose a column of at most 1000',
    );
  }
  return { ...own, shares: balancedShares(own.span.counts, levels, shares, ratio, name) };
}

/** Refuses a column that follows from others by a rule: what is asked of it would not hold exactly. */
function refuseFollower(name: string, rules: readonly Rule[], option: string): void {
  const rule = rules.find(({ kind, columns }) => {
    const place = columns.indexOf(name);
    if (place < 0 || kind === 'unique' || kind === 'combination') return false;
    if (kind === 'order') return place === columns.length - 1;
    return kind === 'nulls' ? place > 0 : place === 0;
  });
  if (!rule) return;
  const others = rule.columns.filter((other) => other !== name).join(', ');
  throw new InvalidOptionError(
    `${option} names a column that follows from others by a rule: '${name}' (${describeRule(rule)}). ` +
      `Ask for ${others}, or train with rules: false`,
  );
}

/** The place of a column that an option names. */
export function findColumn(schema: Schema, name: string, option: string): number {
  const names = schema.fields.map((field) => field.name);
  const column = names.indexOf(name);
  if (column >= 0) return column;
  throw new InvalidOptionError(
    `${option} names a column that does not exist: '${name}'. Did you mean ` +
      `'${closestName(name, names)}'? Columns: ${names.join(', ')}`,
  );
}

function fixColumn(
  field: Field,
  column: number,
  encoder: ColumnEncoder,
  spans: readonly { span: PlacedSpan; index: number }[],
  value: CellValue,
): FixedColumn {
  const text = cellText(field, value);
  checkKnown(field, encoder, text);
  const encoded = encoder.encode(constantVector(field, text, 1), createRandom('where'));
  const isRounded = spans.some(({ span }) => span.kind === 'scalar');
  return {
    column,
    field,
    text,
    isOverwritten: isRounded || isShared(encoder, text),
    spans: spans.map((place, k) => ({ ...place, value: encoded[k]?.[0] as number })),
  };
}

/** Refuses what was not in the data, and columns of which nothing is known. */
function checkKnown(field: Field, encoder: ColumnEncoder, text: string | null): void {
  if (['identifier', 'markov', 'unmodelled'].includes(encoder.kind)) {
    throw new InvalidOptionError(`where names a column that is not learned: '${field.name}'`);
  }
  const reason = unknownValue(field, encoder, text);
  if (reason === undefined) return;
  throw new InvalidOptionError(
    `where.${field.name} was not in the data that the model was trained on: ` +
      `${showText(field.type, text)}. ${reason}`,
  );
}

/** Whether a value shares its code with others: with rare levels, or with numbers of an interval. */
function isShared(encoder: ColumnEncoder, text: string | null): boolean {
  const { kind, levels, codes } = encoder.toJSON();
  if (kind === 'binned') return text !== null;
  if (!Array.isArray(levels) || typeof codes !== 'number') return false;
  return levels.indexOf(text) >= codes - 1;
}

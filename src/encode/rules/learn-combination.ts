import { type DataType, Field, type Schema, Utf8, Vector } from 'apache-arrow';
import { ModelError } from '../../errors.js';
import { isTextOf, readTexts } from '../cells/column-texts.js';
import { levelWriter } from '../cells/level-writer.js';
import type { ColumnOptions } from '../column-options.js';
import type { ColumnEncoder } from '../encoder.js';
import { membersOfCombination, textOfCombination } from './combination-text.js';
import type { Rule } from './rule.js';
import { type Columns, derivedField, type RuleStep } from './step.js';

/**
 * Fixed combinations are learned as levels of the first of their columns.
 *
 * @param encoders Those of the learned columns, where rows are to be restored: they know all levels.
 */
export function learnCombination(
  { columns: names }: Rule,
  schema: Schema,
  encoders: readonly ColumnEncoder[] | undefined,
): RuleStep {
  const places = names.map((name) => schema.fields.findIndex((field) => field.name === name));
  const leader = Math.min(...places);
  const fieldOf = (place: number) => schema.fields[place] as Field;
  const fields = places.map(
    (place) =>
      [
        place,
        place === leader
          ? new Field(fieldOf(place).name, new Utf8(), false)
          : derivedField(fieldOf(place)),
      ] as const,
  );
  const restoreAll = lazily(() =>
    createSplitter(
      places.map((place) => fieldOf(place).type),
      levelsOf(encoders?.[leader]),
    ),
  );
  return {
    writes: places,
    reads: [],
    fields: new Map(fields),
    learn(columns, own) {
      const texts = places.map((place) => readTexts(own[place] as Vector));
      const all = (texts[0] ?? []).map((_, row) =>
        textOfCombination(texts.map((each) => each[row] ?? null)),
      );
      columns[leader] = combinationVector(all);
    },
    restore(columns) {
      const split = restoreAll()(columns[leader] as Vector);
      for (const [k, place] of places.entries()) columns[place] = split[k] as Vector;
    },
  };
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function combinationVector(texts: readonly string[]): Vector {
  const levels = [...new Set(texts)];
  const places = new Map(levels.map((text, place) => [text, place]));
  const codes = Int32Array.from(texts, (text) => places.get(text) as number);
  return new Vector([levelWriter(new Utf8(), levels)(codes)]);
}

/** How the columns of rules are learned, by name. */
export function optionsOfRules(
  rules: readonly Rule[],
  schema: Schema,
): Record<string, ColumnOptions> {
  const options = rules.flatMap(({ kind, columns }): [string, ColumnOptions][] => {
    const [first = ''] = columns;
    if (kind === 'unique') return [[first, { kind: 'identifier' }]];
    if (kind !== 'combination') return [];
    const leader = schema.fields.find(({ name }) => columns.includes(name))?.name ?? first;
    return [[leader, { kind: 'categorical', maximumLevels: 100_000 }]];
  });
  return Object.fromEntries(options);
}

/**
 * Refuses a saved encoder of combinations that makes others than such of the columns' types.
 *
 * @throws ModelError
 */
export function checkCombinations(
  schema: Schema,
  rules: readonly Rule[],
  encoders: readonly ColumnEncoder[],
): void {
  for (const { kind, columns } of rules) {
    if (kind !== 'combination') continue;
    const fields = columns.map(
      (name) => schema.fields.find((field) => field.name === name) as Field,
    );
    const encoder = encoders[schema.fields.findIndex(({ name }) => columns.includes(name))];
    const levels = levelsOf(encoder);
    const isRight =
      ['categorical', 'constant'].includes(encoder?.kind ?? '') &&
      levels.every((text) =>
        membersOfCombination(text, columns.length)?.every((member, k) => {
          const { type, nullable } = fields[k] as Field;
          return member === null ? nullable : isTextOf(type, member);
        }),
      );
    if (isRight) continue;
    throw new ModelError(
      `saved combinations of ${columns.join(', ')} do not fit the columns. Train the model again`,
    );
  }
}

/** Texts of all combinations that an encoder knows. */
function levelsOf(encoder: ColumnEncoder | undefined): string[] {
  const { levels, value } = encoder?.toJSON() ?? { kind: 'none' };
  const all = Array.isArray(levels) ? levels : [value];
  return all.filter((text) => typeof text === 'string');
}

/** Takes combinations apart; a dictionary column gets one dictionary, whatever rows there are. */
function createSplitter(
  types: readonly DataType[],
  known: readonly string[],
): (combinations: Vector) => Columns {
  const places = new Map(known.map((text, place) => [text, place]));
  const members = known.map((text) => membersOfCombination(text, types.length));
  const writers = types.map((type, k) => {
    const texts = members.map((all) => all?.[k] ?? null);
    const levels = [...new Set(texts.filter((text) => text !== null))];
    const codes = Int32Array.from(texts, (text) => (text === null ? -1 : levels.indexOf(text)));
    return { codes, write: levelWriter(type, levels) };
  });
  return (combinations) => {
    const rows = Int32Array.from(readTexts(combinations), (text) => places.get(text ?? '') ?? 0);
    return writers.map(
      ({ codes, write }) => new Vector([write(rows.map((place) => codes[place] as number))]),
    );
  };
}

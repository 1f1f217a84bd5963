import type { Field, Vector } from 'apache-arrow';
import { automaticKind } from '../../../../encode/automatic-kind.js';
import { nullCountOf } from '../../../../encode/cells/column-values.js';
import { canBeTexts } from '../../../../encode/columns/markov.js';
import { columnOf } from '../../../../encode/table.js';
import type { TensorKind, TensorTable } from '../kind.js';

/** How columns of texts are found, and called. */
export const textColumns: Pick<TensorKind, 'columns' | 'nouns' | 'looks'> = {
  nouns: ['text', 'texts'],
  looks: "Texts are strings, and no labels: say columns: { title: { kind: 'text' } }",
  columns: findTexts,
};

/**
 * The columns of texts that a user says, or all of strings but the labels; of several of these the ones
 * that no categories suit.
 */
function findTexts({ schema, batches, columns = {}, target }: TensorTable): Field[] {
  const { fields } = schema;
  const kindOf = (name: string) => (Object.hasOwn(columns, name) ? columns[name]?.kind : undefined);
  const said = fields.filter(({ name }) => kindOf(name) === 'text');
  if (said.length > 0) return said;
  const strings = fields.filter(
    ({ name, type }) => name !== target && kindOf(name) === undefined && canBeTexts(type),
  );
  if (strings.length < 2) return strings;
  return strings.filter((field) => {
    const vector = columnOf(batches, fields.indexOf(field)) as Vector;
    const nulls = nullCountOf(vector);
    return automaticKind(field, vector, nulls, Number.POSITIVE_INFINITY) === 'identifier';
  });
}

import { DateDay, Decimal, Field, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { createShares } from '../../../src/augment/mixing/shares.js';
import {
  checkClassesInRows,
  checkClassesOfModel,
} from '../../../src/augment/plan/check-classes.js';
import { createClassifier } from '../../../src/augment/plan/classify.js';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import { countLevels, fitCategorical } from '../../../src/encode/columns/categorical.js';
import { batchOf, column, field } from '../../encode/columns.js';

const sharesOf = (name: string, otherwise = 0) =>
  createShares({ column: 'a', classes: { [name]: 0.5 }, otherwise });
const texts = column(new Utf8(), ['fraud', 'ok', 'ok', null]);
const rows = batchOf([texts.data[0] as never]);

describe('checkClassesInRows', () => {
  it('should refuse a class that is not among the rows, with the closest one', () => {
    const check = () => checkClassesInRows(rows.schema, sharesOf('frad'), [rows]);

    expect(check).toThrow(
      /'a' does not have in the rows to train on: 'frad'. Did you mean 'fraud'/,
    );
  });

  it('should let classes of the rows pass, and one ratio for all', () => {
    for (const shares of [sharesOf('fraud'), createShares(0.5)]) {
      expect(() => checkClassesInRows(rows.schema, shares, [rows])).not.toThrow();
    }
  });
});

describe('checkClassesOfModel', () => {
  const encoder = fitCategorical(field(new Utf8()), countLevels(readTexts(texts)));
  const model = { schema: rows.schema, encoders: [encoder], manifest: {} } as never;

  it('should refuse a class that the model has not seen', () => {
    expect(() => checkClassesOfModel(model, sharesOf('frad'))).toThrow(/Did you mean 'fraud'/);
    expect(() => checkClassesOfModel(model, sharesOf('ok'))).not.toThrow();
  });
});

describe('createClassifier', () => {
  it('should take classes as where takes values: dates and decimals as people write them', () => {
    const decimals = column(new Decimal(2, 10, 128), ['5025', '100']);
    const days = column(new DateDay(), ['21915', '0']);
    const placesIn = ({ data }: typeof decimals, name: string) => {
      const batch = batchOf([data[0] as never]);
      return [...(createClassifier(batch.schema, sharesOf(name))?.(batch) ?? [])];
    };

    expect(placesIn(decimals, '50.25')).toEqual([0, 1]);
    expect(placesIn(days, '2030-01-01')).toEqual([0, 1]);
  });

  it('should refuse a class that no cell of the column can be', () => {
    const schema = new Schema([new Field('a', new DateDay(), true)]);

    expect(() => createClassifier(schema, sharesOf('soon'))).toThrow(
      /ratio.classes\['soon'\] does not fit the type of column 'a'/,
    );
  });
});

import { Field, Int32, Schema } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { tensorField } from '../../../src/data/tensor/type.js';
import { InvalidOptionError, SchemaError } from '../../../src/errors.js';
import {
  assertTargetExists,
  checkRecipeOption,
  chooseRecipe,
  recipeNames,
} from '../../../src/gan/families/recipes.js';
import { tabular } from '../../../src/gan/families/tabular/ctgan/recipe.js';

const schema = new Schema([new Field('species', new Int32(), true)]);

describe('chooseRecipe', () => {
  it('should take CTGAN for a table', () => {
    const { name, family, recipe } = chooseRecipe(undefined, schema);

    expect([name, family.name, recipe]).toEqual(['tabular', 'tabular', tabular]);
  });

  it('should take DCGAN with the R1 penalty where a column holds images', () => {
    const image = tensorField('image', { element: 'uint8', shape: [28, 28] });

    const { name, family } = chooseRecipe(undefined, new Schema([image]));

    expect([name, family.name]).toEqual(['dcgan-r1', 'image']);
  });

  it('should know every recipe by its name, and by what is different from it', () => {
    for (const name of recipeNames) {
      const { recipe, name: found } = chooseRecipe(name, schema);
      expect(found).toBe(name);
      if (!('batch' in recipe)) continue;
      expect(chooseRecipe({ base: name, batch: 20 } as never, schema).recipe).toMatchObject({
        batch: 20,
      });
    }
  });

  it('should refuse unknown names and options, and name the closest', () => {
    const check = (option: unknown) => () => checkRecipeOption(option);

    expect(check('ctgun')).toThrow(InvalidOptionError);
    expect(check('ctgun')).toThrow(/fit\.recipe is unknown: ctgun.*ctgan/);
    expect(check({ base: 'toString' })).toThrow(/unknown 'base': toString/);
    expect(check({ base: 'ctgan', latnet: 3 })).toThrow(/no option 'latnet'.*'latent'/);
    expect(check(undefined)).not.toThrow();
  });
});

describe('assertTargetExists', () => {
  it('should refuse a column that does not exist, and name the closest', () => {
    expect(() => assertTargetExists('spicies', schema)).toThrow(SchemaError);
    expect(() => assertTargetExists('spicies', schema)).toThrow(
      /'spicies'. Did you mean 'species'/,
    );
    expect(() => assertTargetExists('species', schema)).not.toThrow();
    expect(() => assertTargetExists(undefined, schema)).not.toThrow();
  });
});

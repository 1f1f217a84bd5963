import type { EncodedTable } from '../../encode/table.js';
import type { Training } from '../training/train.js';
import { createDataFiller } from './fill-data.js';
import { trainingInputs } from './inputs.js';
import type { TabularRecipe } from './recipe.js';
import { rowShape } from './shape.js';
import { initialState } from './state.js';
import { tabularStep } from './step.js';

/** The networks of a recipe, to be trained on an encoded table. */
export function tabularTraining(table: EncodedTable, recipe: TabularRecipe): Training {
  const shape = rowShape(table.layout);
  return {
    inputs: trainingInputs(recipe, shape),
    step: tabularStep(recipe, shape),
    state: (random) => initialState(recipe, shape, random),
    fillData: createDataFiller(table, recipe),
  };
}

import { either, listOf, object } from '../../options/composed.js';
import { about, required } from '../../options/option.js';
import { boolean, oneOf, text } from '../../options/values.js';
import { type RuleOption, ruleKinds } from './rule.js';

/** Rules that rows are to keep, or whether any are. */
export const rulesOption = about(
  'rules that every synthetic row keeps, beside those found in the data; false for none',
  either(
    [
      listOf(
        object<RuleOption>({
          kind: required(oneOf(ruleKinds)),
          columns: required(listOf(text('the name of a column'), 'a list of columns')),
        }),
        'a list of rules',
      ),
      boolean(),
    ],
    'a list of rules, or false',
  ),
);

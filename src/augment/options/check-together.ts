import { InvalidOptionError } from '../../errors.js';
import { checkConditions } from '../../gan/conditions/options.js';
import { checkTranslateOption } from '../../gan/families/translate-option.js';
import { checkFitOptions } from '../../gan/fit/options.js';
import { privacyTarget } from '../../gan/fit/privacy.js';
import { checkSamplingTarget } from '../../gan/sampling/sampling-target.js';
import type { AugmentOptions } from './augment-options.js';
import { checkAttack } from './check-attack.js';
import { autoRecipe } from './stream-fit.js';

/** Options that say how to train. */
const fitKeys = ['fit', 'recipe', 'target'] as const;

/** Options that compare single rows. */
const tableKeys = ['agree', 'rejectCloserThan', 'drift', 'rowsBefore'] as const;

/**
 * Refuses options that are right each by itself, and exclude each other or need another one.
 *
 * @throws InvalidOptionError
 */
export function checkTogether(options: AugmentOptions): void {
  checkModel(options);
  checkSequence(options);
  checkGate(options);
  checkAuto(options);
  checkAgree(options);
  checkPromised(options);
  checkConditions(options);
  checkAttack({ ...options, translate: options.translate ?? options.fit?.translate });
  if (typeof options.ratio === 'object' && options.balance !== undefined) {
    throw new InvalidOptionError(
      "'balance' and a ratio by class exclude each other. Leave one of them out",
    );
  }
  checkTranslate(options);
  if (options.rowsBefore !== undefined) checkRowsBefore(options);
  if (options.sample) checkSamplingTarget(options.sample, 'sample.');
  checkFit(options);
}

/** What compares rows of tables has no say on sequences. */
function checkSequence(options: AugmentOptions): void {
  if (options.sequence === undefined) return;
  const { recipe = options.fit?.recipe } = options;
  const other = tableKeys.find((key) => options[key] !== undefined && options[key] !== false);
  const wrong = other ?? (recipe === autoRecipe ? 'recipe: auto' : undefined);
  if (Array.isArray(options.gate?.holdout)) {
    throw new InvalidOptionError(
      "gate.holdout must be a share beside 'sequence': rows of a long table are no sequences yet. Give a " +
        'share, such as 0.2, or leave it out',
    );
  }
  if (wrong === undefined) return;
  throw new InvalidOptionError(
    `'sequence' and '${wrong}' exclude each other: that compares rows of tables. Leave one of them out`,
  );
}

function checkModel(options: AugmentOptions): void {
  if (options.model === undefined) return;
  const training = fitKeys.find((key) => options[key] !== undefined);
  if (training !== undefined) {
    throw new InvalidOptionError(
      `'model' and '${training}' exclude each other. Give a model, or say how to train one`,
    );
  }
  if (options.rejectCloserThan !== undefined) {
    throw new InvalidOptionError(
      "'model' and 'rejectCloserThan' exclude each other: the rows that the model was trained on " +
        'are not there. Train on the stream',
    );
  }
}

function checkRowsBefore({ ratio, mode }: AugmentOptions): void {
  if (typeof ratio === 'number' && mode !== 'replace') return;
  throw new InvalidOptionError(
    "'rowsBefore' counts rows that are all alike. Leave it out with a ratio by class, and with " +
      "mode 'replace'",
  );
}

function checkGate({ gate, target, fit }: AugmentOptions): void {
  if (gate === undefined || (gate.target ?? target ?? fit?.target) !== undefined) return;
  throw new InvalidOptionError(
    'gate.target must be the name of the column to predict: it is missing. Give gate.target, or target',
  );
}

function checkAuto({ recipe, target, fit, gate }: AugmentOptions): void {
  if ((recipe ?? fit?.recipe) !== autoRecipe) return;
  if ((gate?.target ?? target ?? fit?.target) === undefined) {
    throw new InvalidOptionError(
      "recipe 'auto' needs a target: the column that a downstream model is to predict. Give target",
    );
  }
}

/** Options that look at real rows once more, or make synthetic rows depend on them. */
const unpaid = ['gate', 'agree', 'rejectCloserThan', 'drift'] as const;

/** Refuses to promise privacy of rows that are looked at in ways that no budget pays for. */
function checkPromised(options: AugmentOptions): void {
  const { fit = {} } = options;
  if (privacyTarget(fit.privacy) === undefined) return;
  const others = [
    ...unpaid.filter((key) => options[key] !== undefined && options[key] !== false),
    ...((options.recipe ?? fit.recipe) === autoRecipe ? ["recipe 'auto'"] : []),
    ...(fit.during === 'pass' ? ["fit.during 'pass'"] : []),
  ];
  if (others.length === 0) return;
  throw new InvalidOptionError(
    `${others[0]} and fit.privacy.epsilon exclude each other: it looks at real rows in ways that the ` +
      'promise does not pay for. Leave one of them out',
  );
}

/** Options that say what rows are to be like, or which not to make. */
const notTranslated = ['where', 'balance', 'rejectCloserThan', 'agree'] as const;

function checkTranslate({ translate, fit, ...options }: AugmentOptions): void {
  const wanted = translate ?? fit?.translate;
  if (wanted === undefined) return;
  checkTranslateOption(wanted, 'translate');
  if ((options.recipe ?? fit?.recipe) === autoRecipe) {
    throw new InvalidOptionError(
      "'translate' and recipe 'auto' exclude each other: the gate chooses among makers of tables. Name a " +
        'recipe that translates, or leave one of them out',
    );
  }
  const other = notTranslated.find((name) => options[name] !== undefined);
  if (other !== undefined) {
    throw new InvalidOptionError(
      `'translate' and '${other}' exclude each other: all but one tensor of a synthetic row is that of ` +
        'a real one. Leave one of them out',
    );
  }
}

function checkAgree({ agree, target, fit, gate }: AugmentOptions): void {
  if (!agree || (target ?? fit?.target ?? gate?.target) !== undefined) return;
  throw new InvalidOptionError(
    "'agree' needs a target: the column of the classes to agree on. Give target, or gate.target",
  );
}

function checkFit({ fit = {}, ...options }: AugmentOptions): void {
  const { recipe = fit.recipe, target = fit.target, model } = options;
  // A model knows its recipe.
  const translate = model === undefined ? (options.translate ?? fit.translate) : undefined;
  const named = recipe === autoRecipe ? undefined : recipe;
  checkFitOptions({ ...fit, recipe: named, target, translate });
  if (fit.sample === 'reservoir' && fit.during !== 'pass') {
    throw new InvalidOptionError(
      "fit.sample 'reservoir' needs fit.during 'pass': held rows are the first of the stream",
    );
  }
}

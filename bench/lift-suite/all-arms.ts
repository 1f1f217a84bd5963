import { type Arm, augmented, balanced } from './arms.js';
import { target } from './tables.js';

/** Ways of augmenting by name. */
export const allArms: Readonly<Record<string, Arm>> = {
  real: async () => ({}),
  weights: async () => ({ isReweighted: true }),
  smote: balanced('smote-nc'),
  bootstrap: balanced('bootstrap'),
  copula: balanced('copula'),
  'smote + agree': balanced('smote-nc', 'boosting'),
  'copula + agree': balanced('copula', 'boosting'),
  'copula + agree linear': balanced('copula', 'linear'),
  'smote half': balanced('smote-nc', undefined, 0.5),
  'smote third': balanced('smote-nc', undefined, 0.33),
  'bootstrap third': balanced('bootstrap', undefined, 0.33),
  gan: balanced('tabular'),
  'gan + agree': balanced('tabular', 'boosting'),
  autoregressive: balanced('autoregressive'),
  'autoregressive + agree': balanced('autoregressive', 'boosting'),
  auto: augmented({ recipe: 'auto' }),
  'auto unless it hurts': augmented({ recipe: 'auto', gate: { mix: 'unless it hurts' } }),
  'gan gated': augmented({ recipe: 'tabular', balance: target, gate: {} }),
};

import { InvalidOptionError } from '../../errors.js';
import type { PrivacyOptions } from '../../gan/fit/privacy.js';
import type { PrivacyGateOptions } from './privacy.js';

/** Options that an attack on a model has to do with. */
interface AttackedOptions {
  readonly privacy?: (PrivacyGateOptions & PrivacyOptions) | false | undefined;
  readonly fit?: { readonly privacy?: PrivacyOptions | false | undefined } | undefined;
  readonly translate?: unknown;
  readonly sequence?: unknown;
}

/** Options whose rows are not attacked one by one, and why. */
const notAttacked = {
  translate: 'a translated row is a real one, but for a tensor',
  sequence: 'attacks compare rows of tables',
} as const;

/**
 * Refuses what cannot be attacked.
 *
 * @throws InvalidOptionError
 */
export function checkAttack(options: AttackedOptions): void {
  const { privacy, fit } = options;
  if (!privacy || privacy.attack === undefined) return;
  for (const [name, why] of Object.entries(notAttacked)) {
    if (options[name as keyof typeof notAttacked] === undefined) continue;
    throw new InvalidOptionError(
      `'${name}' and 'privacy.attack' exclude each other: ${why}. Leave one of them out`,
    );
  }
  const ofFit = fit?.privacy;
  const promised = privacy.epsilon ?? (ofFit ? ofFit.epsilon : undefined);
  if (promised === undefined) return;
  throw new InvalidOptionError(
    "'privacy.attack' and 'privacy.epsilon' exclude each other: what an attack finds is of the rows that were " +
      'learned, and the promise does not pay for it. Measure with a report on held-out rows',
  );
}

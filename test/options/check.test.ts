import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../src/errors.js';
import { checkOptions } from '../../src/options/check.js';
import { either, listOf, object, recordOf } from '../../src/options/composed.js';
import { hinted, required } from '../../src/options/option.js';
import { boolean, callback, number, oneOf, text, wholeNumber } from '../../src/options/values.js';

interface Kennel {
  readonly share: number;
  readonly fit?: {
    readonly steps?: number | undefined;
    readonly during?: 'hold' | 'pass' | undefined;
    readonly columns?: Readonly<Record<string, { readonly kind?: 'a' | 'b' }>> | undefined;
  };
  readonly names?: readonly string[] | undefined;
  readonly mark?: string | { readonly name: string } | undefined;
  readonly resume?: boolean;
  readonly onStep?: () => void;
}

const kennel = object<Kennel>({
  share: required(number({ from: 0, below: 1 })),
  fit: object<NonNullable<Kennel['fit']>>({
    steps: wholeNumber({ from: 1 }),
    during: oneOf(['hold', 'pass']),
    columns: recordOf(
      hinted(
        "Give { kind: 'a' }",
        object<{ readonly kind?: 'a' | 'b' }>({ kind: oneOf(['a', 'b']) }),
      ),
      'an object of options by column',
    ),
  }),
  names: listOf(text('a name'), 'an array of names', { least: 1 }),
  mark: either([
    text('a name'),
    object<{ readonly name: string }>({ name: required(text('a name')) }),
  ]),
  resume: boolean(),
  onStep: callback<() => void>(),
});

const check = (options: unknown, prefix?: string) => () => checkOptions(kennel, options, prefix);

describe('checkOptions', () => {
  it('should take what is described, and what is undefined', () => {
    const options = {
      share: 0.5,
      fit: { steps: 1, during: 'pass', columns: { 'any name': { kind: 'a' } } },
      names: ['rex'],
      mark: { name: 'rex' },
      resume: undefined,
      onStep: () => {},
    };

    expect(check(options)).not.toThrow();
    expect(check({ share: 0 })).not.toThrow();
  });

  it.each([
    [undefined, 'share must be a number in [0, 1): it is missing.'],
    [{}, 'share must be a number in [0, 1): it is missing.'],
    [300, 'options must be an object of options: 300 (a number).'],
    [[], 'options must be an object of options: [] (an array).'],
    [{ share: '0.3' }, "share must be a number in [0, 1): '0.3' (a string)."],
    [{ share: Number.NaN }, 'share must be a number in [0, 1): NaN (a number).'],
    [{ share: null }, 'share must be a number in [0, 1): null.'],
    [{ share: 1, fit: 300 }, 'share must be a number in [0, 1): 1 (a number).'],
    [{ share: 0, fit: 300 }, 'fit must be an object of options: 300 (a number).'],
    [
      { share: 0, fit: { steps: 1.5 } },
      'fit.steps must be a positive whole number: 1.5 (a number).',
    ],
    [{ share: 0, fit: { during: 'x' } }, "fit.during must be 'hold' or 'pass': 'x' (a string)."],
    [
      { share: 0, fit: { columns: { a: 'categorical' } } },
      "fit.columns.a must be an object of options: 'categorical' (a string). Give { kind: 'a' }.",
    ],
    [{ share: 0, names: [] }, 'names must be an array of names: [] (an array).'],
    [{ share: 0, names: ['a', 7] }, 'names[1] must be a name: 7 (a number).'],
    [{ share: 0, mark: {} }, 'mark.name must be a name: it is missing.'],
    [{ share: 0, onStep: 'x' }, "onStep must be a function: 'x' (a string)."],
    [
      { share: 0, resume: new Date(0) },
      /resume must be true or false: .* \(an object of class Date\)/,
    ],
  ])('should say of %o what must be, and what it got', (options, message) => {
    expect(check(options)).toThrow(InvalidOptionError);
    expect(check(options)).toThrow(message);
  });

  it.each([
    [
      { steps: 300 },
      "option 'steps' is not known: 300 (a number). It belongs in 'fit': fit: { steps: … }.",
    ],
    [
      { fit: { share: 0 } },
      "'fit.share' is not known: 0 (a number). It belongs at the top: share,",
    ],
    [{ shares: 0 }, "'shares' is not known: 0 (a number). Did you mean 'share'?"],
    [{ Resume: true }, "Did you mean 'resume'?"],
    [{ fit: { step: 3 } }, "'fit.step' is not known: 3 (a number). Did you mean 'fit.steps'?"],
    [{ duringg: 'hold' }, "Did you mean 'fit.during'?"],
    [
      { fit: { zzzzzz: undefined } },
      "'fit.zzzzzz' is not known: undefined. Options: steps, during,",
    ],
    [{ fit: { columns: { a: { kid: 'a' } } } }, "Did you mean 'fit.columns.a.kind'?"],
  ])('should say of %j where it belongs, or what was meant', (options, message) => {
    expect(check({ share: 0, ...options })).toThrow(message);
  });

  it('should put the prefix before names', () => {
    expect(check({ share: 2 }, 'fit')).toThrow('fit.share must be');
    expect(check({ shares: 2 }, 'fit')).toThrow("Did you mean 'fit.share'?");
  });

  it('should refuse every name but those that are described', () => {
    const known = new Set(Object.keys(kennel.shape));
    fc.assert(
      fc.property(
        fc.string().filter((name) => !known.has(name)),
        fc.anything(),
        (name, value) => {
          const options = Object.defineProperty({ share: 0 }, name, { value, enumerable: true });

          expect(check(options)).toThrow(InvalidOptionError);
        },
      ),
    );
  });
});

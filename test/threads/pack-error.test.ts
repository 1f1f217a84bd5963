import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ours from '../../src/errors.js';
import { packError, unpackError } from '../../src/threads/pack-error.js';

/** What arrives on another thread. */
const cross = (error: unknown) => unpackError(structuredClone(packError(error)));

type ErrorClass = new (message: string, options?: ErrorOptions) => Error;
const ownClasses = Object.values(ours).filter((each) => each !== ours.GanAugmentError);
const classes: ErrorClass[] = [...(ownClasses as ErrorClass[]), Error, TypeError, RangeError];

/** Everything of an error that a user may look at. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const own = { ...error, marked: ours.GanAugmentError.isInstance(error) };
  return { name, message, stack, kind: error.constructor, own, cause: describeError(cause) };
}

const errors = fc
  .array(fc.tuple(fc.constantFrom(...classes), fc.string()), { minLength: 1, maxLength: 4 })
  .map((each) =>
    each.reduce<Error | undefined>(
      (cause, [Kind, message]) => new Kind(message, cause && { cause }),
      undefined,
    ),
  );

describe('packError and unpackError', () => {
  it('should keep class, code, message, stack and causes', () => {
    expect(ownClasses.length).toBeGreaterThanOrEqual(8);
    fc.assert(
      fc.property(errors, (error) => {
        expect(describeError(cross(error))).toEqual(describeError(error));
      }),
    );
  });

  it('should keep what a system error says', () => {
    const full = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC', errno: -28 });

    const crossed = cross(new ours.FileError('it cannot be written', { cause: full }));

    expect((crossed as Error).cause).toMatchObject({ code: 'ENOSPC', errno: -28 });
  });

  it('should keep the name of an error of an unknown class', () => {
    class OddError extends Error {
      override name = 'OddError';
      readonly tool = () => {};
    }

    const crossed = cross(new OddError('odd'));

    expect(crossed).toBeInstanceOf(Error);
    expect(crossed).toMatchObject({ name: 'OddError', message: 'odd' });
    expect(crossed).not.toHaveProperty('tool');
  });

  it('should end where causes have no end', () => {
    const error = new Error('round');
    error.cause = error;

    expect(cross(error)).toMatchObject({ message: 'round', cause: { message: 'round' } });
  });

  it('should keep the text of what is no error', () => {
    expect(cross('just text')).toBe('just text');
    expect(cross(undefined)).toBe('undefined');
  });
});

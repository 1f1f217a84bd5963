import { describe, expect, it } from 'vitest';
import { GanAugmentError, InvalidOptionError } from '../src/errors.js';

describe('GanAugmentError', () => {
  it('should carry the package name, a stable code and the class name', () => {
    const error = new InvalidOptionError('ratio must be in [0, 1): 1.5');

    expect(error.message).toBe('ganAugment: ratio must be in [0, 1): 1.5.');
    expect(error.code).toBe('INVALID_OPTION');
    expect(error.name).toBe('InvalidOptionError');
    expect(error).toBeInstanceOf(GanAugmentError);
  });

  it.each(['is wrong: 8.', "is wrong: 8. Did you mean '9'?"])(
    'should leave an end alone: %s',
    (text) => {
      expect(new InvalidOptionError(text).message).toBe(`ganAugment: ${text}`);
    },
  );

  it('should recognise an error of another copy of the package', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('gan-augment.error')]: true });

    expect(GanAugmentError.isInstance(foreign)).toBe(true);
  });

  it.each([new Error('x'), null, undefined, 'text'])('should not recognise %s', (other) => {
    expect(GanAugmentError.isInstance(other)).toBe(false);
  });
});

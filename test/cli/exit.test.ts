import { describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/exit.js';
import {
  ComputeError,
  FileError,
  FormatError,
  InvalidOptionError,
  ModelError,
  SchemaError,
  TrainingError,
} from '../../src/errors.js';

const { signal } = new AbortController();

describe('explain', () => {
  it.each([InvalidOptionError, SchemaError, FileError, FormatError, ModelError])(
    'should call a $name refused',
    (Refusal) => {
      expect(explain(new Refusal('no good'), signal)).toEqual({
        code: 2,
        message: 'gan-augment: no good.',
      });
    },
  );

  it.each([TrainingError, ComputeError])('should call a $name a failure', (Failure) => {
    expect(explain(new Failure('it broke'), signal).code).toBe(1);
  });

  it.each(['EPIPE', 'ENOSPC'])('should call a file error a failure for %s', (code) => {
    const error = new FileError('cannot be written', {
      cause: Object.assign(new Error('system'), { code }),
    });

    expect(explain(error, signal).code).toBe(1);
  });

  it('should call a file error refused for other system errors', () => {
    const error = new FileError('cannot be read', {
      cause: Object.assign(new Error('system'), { code: 'EACCES' }),
    });

    expect(explain(error, signal).code).toBe(2);
  });

  it('should keep a message on one line', () => {
    expect(explain(new SchemaError("column 'a\nb'"), signal).message).toBe(
      "gan-augment: column 'a\\nb'.",
    );
  });

  it('should say that it was interrupted, whatever was thrown', () => {
    expect(explain(new FileError('late'), AbortSignal.abort())).toEqual({
      code: 130,
      message: 'gan-augment: interrupted',
    });
  });

  it('should show where an unexpected error comes from', () => {
    const { code, message } = explain(new TypeError('oops'), signal);

    expect(code).toBe(1);
    expect(message).toMatch(/please report it: TypeError: oops\n {4}at /);
  });
});

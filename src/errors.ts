const marker = Symbol.for('gan-augment.error');

/**
 * Base of every error that a user can cause.
 *
 * The message reads `ganAugment: <what> <problem>: <value>. <remedy>.`; `code` is stable across
 * versions. `GanAugmentError.isInstance` also holds for errors from another copy of this package,
 * where `instanceof` would not.
 */
export class GanAugmentError extends Error {
  readonly [marker] = true;
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(`ganAugment: ${message}${message.endsWith('.') ? '' : '.'}`, options);
    this.name = new.target.name;
    this.code = code;
  }

  static isInstance(error: unknown): error is GanAugmentError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}

/** An option has a value that cannot be used. */
export class InvalidOptionError extends GanAugmentError {
  constructor(message: string, options?: ErrorOptions) {
    super('INVALID_OPTION', message, options);
  }
}

/** A schema, or a column of it, does not fit what is asked of it. */
export class SchemaError extends GanAugmentError {
  constructor(message: string, options?: ErrorOptions) {
    super('SCHEMA', message, options);
  }
}

/** Rows cannot be used for what is asked of them. */
export class DataError extends GanAugmentError {
  constructor(message: string, options?: ErrorOptions) {
    super('DATA', message, options);
  }
}

/** A file cannot be found, read or written. */
export class FileError extends GanAugmentError {
  constructor(message: string, options?: ErrorOptions) {
    super('FILE', message, options);
  }
}

/** Bytes are not in the format that they should be in, or are damaged. */
export class FormatError extends GanAugmentError {
  constructor(message: string, options?: ErrorOptions) {
    super('FORMAT', message, options);
  }
}

/** A saved model is damaged, altered, or of an unknown version. */
export class ModelError extends GanAugmentError {
  constructor(message: string, options?: ErrorOptions) {
    super('MODEL', message, options);
  }
}

/** A function cannot be compiled for, or run on, the wanted engine. */
export class ComputeError extends GanAugmentError {
  constructor(message: string, options?: ErrorOptions) {
    super('COMPUTE', message, options);
  }
}

/** Training cannot start or go on. */
export class TrainingError extends GanAugmentError {
  constructor(message: string, options?: ErrorOptions) {
    super('TRAINING', message, options);
  }
}

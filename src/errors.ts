const marker = Symbol.for('gan-augment.error');

/**
 * Base of every error that a user can cause.
 *
 * The message reads `ganAugment: <what> <problem>: <value>. <remedy>.`; `code` is stable across
 * versions. `GanAugmentError.isInstance` also holds for errors from another copy of this package,
 * where `instanceof` would not.
 */
export abstract class GanAugmentError extends Error {
  /** @hidden */
  readonly [marker] = true;
  /** Tells errors of this class from others; the same across versions. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(`ganAugment: ${message}${/[.?]$/.test(message) ? '' : '.'}`, options);
    this.name = new.target.name;
  }

  /** Whether something is an error of this package, or of another copy of it. */
  static isInstance(error: unknown): error is GanAugmentError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}

/** An option has a value that cannot be used. */
export class InvalidOptionError extends GanAugmentError {
  override readonly code = 'INVALID_OPTION';
}

/** A schema, or a column of it, does not fit what is asked of it. */
export class SchemaError extends GanAugmentError {
  override readonly code = 'SCHEMA';
}

/** Rows cannot be used for what is asked of them. */
export class DataError extends GanAugmentError {
  override readonly code = 'DATA';
}

/** A file cannot be found, read or written. */
export class FileError extends GanAugmentError {
  override readonly code = 'FILE';
}

/** Bytes are not in the format that they should be in, or are damaged. */
export class FormatError extends GanAugmentError {
  override readonly code = 'FORMAT';
}

/** A saved model is damaged, altered, or of an unknown version. */
export class ModelError extends GanAugmentError {
  override readonly code = 'MODEL';
}

/** A model is not signed with the key that it should be signed with, or was altered since. */
export class SignatureError extends GanAugmentError {
  override readonly code = 'SIGNATURE';
}

/** A model tells more of the rows that it was trained on than is allowed, or does not say how much. */
export class PrivacyError extends GanAugmentError {
  override readonly code = 'PRIVACY';
}

/** A function cannot be compiled for, or run on, the wanted engine. */
export class ComputeError extends GanAugmentError {
  override readonly code = 'COMPUTE';
}

/** Training cannot start or go on. */
export class TrainingError extends GanAugmentError {
  override readonly code = 'TRAINING';
}

import { DataType, Field, List } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { elementType, type TensorElement } from '../tensor/elements.js';
import { isTensorField, tensorField } from '../tensor/type.js';

/** Where a field says how many moments of its sounds are a second. */
const rateKey = 'sample_rate';

/** What a column of sounds holds. */
export interface SoundFieldOptions {
  /** Type of one number. Default: 'int16'. */
  readonly element?: TensorElement | undefined;
  /** Moments a second. */
  readonly rate: number;
  /** Default: 1. */
  readonly channels?: number | undefined;
  /** Default: false. */
  readonly nullable?: boolean | undefined;
}

/**
 * A field for a column of sounds of one length: tensors [samples, channels], with the sample rate in
 * the field's metadata.
 *
 * @throws InvalidOptionError if it cannot be.
 */
export function soundField(
  name: string,
  given: SoundFieldOptions & { readonly samples: number },
): Field {
  assertGiven(given, 'options', 'an object of options');
  const { samples, ...options } = given;
  const { element = 'int16', rate, channels = 1, nullable = false } = options;
  return tensorField(name, {
    element,
    shape: [samples, channels],
    dimensionNames: ['T', 'C'],
    nullable,
    metadata: { [rateKey]: String(checkRate(rate)) },
  });
}

/**
 * A field for a column of sounds of unlike length, of one channel: lists of numbers, with the sample
 * rate in the field's metadata.
 *
 * @throws InvalidOptionError if it cannot be.
 */
export function soundListField(name: string, options: Omit<SoundFieldOptions, 'channels'>): Field {
  assertGiven(options, 'options', 'an object of options');
  const { element = 'int16', rate, nullable = false } = options;
  const item = new Field('item', elementType(element), true);
  return new Field(name, new List(item), nullable, new Map([[rateKey, String(checkRate(rate))]]));
}

function checkRate(rate: number): number {
  if (Number.isSafeInteger(rate) && rate > 0) return rate;
  throw new InvalidOptionError(`option 'rate' must be a positive whole number: ${rate}`);
}

/** The sample rate that a field's metadata says; undefined if it says none. */
export function sampleRate(field: Field): number | undefined {
  assertGiven(field, 'field', 'a Field');
  const rate = Number(field.metadata.get(rateKey));
  return Number.isSafeInteger(rate) && rate > 0 ? rate : undefined;
}

/** Whether a field says that it holds sounds: it has a sample rate, and tensors or lists of numbers. */
export function isSoundField(field: Field): boolean {
  assertGiven(field, 'field', 'a Field');
  return sampleRate(field) !== undefined && (isTensorField(field) || isNumberList(field.type));
}

/** Whether a type is of lists of integers or floats, of unlike length. */
export function isNumberList(type: DataType): type is List {
  if (!DataType.isList(type)) return false;
  const { valueType } = type as List;
  return DataType.isInt(valueType) || DataType.isFloat(valueType);
}

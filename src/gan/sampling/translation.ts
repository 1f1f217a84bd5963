import { Schema } from 'apache-arrow';
import { schemaDifference } from '../../data/schema/schema.js';
import { assertColumns } from '../../data/schema/select-columns.js';
import { domainEncoder, isDomainEncoder } from '../../encode/columns/domain.js';
import { textOfValue } from '../../encode/values/value.js';
import { InvalidOptionError, SchemaError } from '../../errors.js';
import type { RowTranslation } from '../families/family.js';
import { familyName, findFamily } from '../families/registry.js';
import { isDomainTranslation, type TranslateOption } from '../families/translate-option.js';
import { generatorOf } from '../model/generator-of.js';
import type { Model } from '../model/model.js';

/** What a model makes anew of a row of a stream, by the names of columns. */
export interface Translation {
  /** The column of tensors that is read. */
  readonly source: string;
  /** The column that is made. */
  readonly made: string;
  /** The column that names the domain, and what it holds before and after. */
  readonly domain?: {
    /** Name of the column. */
    readonly column: string;
    /** Rows of this domain are read. */
    readonly from: string;
    /** Rows that are made are of this one. */
    readonly to: string;
  };
}

/** Whether a model makes its rows from real ones. */
export function isTranslating({ manifest, openRows }: Model): boolean {
  return !openRows && findFamily(familyName(manifest.recipe))?.translates !== undefined;
}

/**
 * What a model makes anew; undefined for one that makes rows from noise.
 *
 * @param translate What is wanted of it; it must be what the model has learned.
 * @throws InvalidOptionError for another translation than the model's.
 */
export function translationOf(model: Model, translate?: TranslateOption): Translation | undefined {
  if (!isTranslating(model)) {
    if (!translate) return undefined;
    throw new InvalidOptionError(
      `the model does not translate: its recipe is '${model.manifest.recipe.name}'. Leave translate ` +
        'out, or use a model that was trained with it',
    );
  }
  const spec = generatorOf(model).translation as RowTranslation;
  const found = named(model, spec);
  if (translate) checkWanted(model, found, translate);
  return found;
}

/**
 * The model in the direction that is wanted: one that has learned both can be turned round.
 *
 * @throws InvalidOptionError for the other direction of a model that has learned one.
 */
export function directModel(model: Model, translate: TranslateOption | undefined): Model {
  if (!translate || !isDomainTranslation(translate) || !isTranslating(model)) return model;
  const [images, domains] = model.encoders;
  const field = model.schema.fields[1];
  if (!images || !field || !isDomainEncoder(domains)) return model;
  const [from, to] = domains.levels;
  if (textOfValue(field.type, translate.to) !== from) return model;
  if (model.reverse) {
    const encoders = [images, domainEncoder(field, [to, from])];
    return { ...model, generator: model.reverse, encoders };
  }
  throw new InvalidOptionError(
    `the model translates '${from}' to '${to}' alone. Use one of recipe 'cyclegan', which learns both ` +
      `directions, or train one to '${from}'`,
  );
}

function named({ schema }: Model, { source, made, domain }: RowTranslation): Translation {
  const name = (place: number) => schema.fields[place]?.name ?? '';
  const { from, to } = domain ?? { from: '', to: '' };
  return {
    source: name(source),
    made: name(made),
    ...(domain ? { domain: { column: name(domain.place), from, to } } : {}),
  };
}

function checkWanted({ schema }: Model, found: Translation, translate: TranslateOption): void {
  const { source, made, domain } = found;
  if (!isDomainTranslation(translate)) {
    if (!domain && translate.from === source && translate.to === made) return;
    throw differs(`'${translate.from}' to '${translate.to}'`, found);
  }
  const { column } = domain ?? {};
  const field = schema.fields.find(({ name }) => name === column);
  const text = (value: string | number | boolean) => field && textOfValue(field.type, value);
  const isSame =
    translate.column === made &&
    translate.domain === column &&
    text(translate.to) === domain?.to &&
    (translate.from === undefined || text(translate.from) === domain?.from);
  if (isSame) return;
  throw differs(`'${translate.column}' to '${translate.domain}' '${translate.to}'`, found);
}

function differs(wanted: string, { source, made, domain }: Translation): InvalidOptionError {
  const learned = domain
    ? `'${made}' of '${domain.column}' '${domain.from}' to '${domain.to}'`
    : `'${source}' to '${made}'`;
  return new InvalidOptionError(
    `translate is not what the model has learned: ${wanted}. It translates ${learned}; leave ` +
      'translate out, or use another model',
  );
}

/**
 * Refuses a stream that lacks the columns of a model that translates, or has them of another type;
 * others may be there.
 *
 * @param which Names the model in errors.
 * @throws SchemaError
 */
export function assertTranslatable({ schema: own }: Model, schema: Schema, which: string): void {
  assertColumns(schema.names, own.names as string[], `the stream, and ${which} needs it`);
  const there = own.fields.map(({ name }) => schema.fields.find((field) => field.name === name));
  const difference = schemaDifference(own, new Schema(there as Schema['fields']));
  if (difference === undefined) return;
  throw new SchemaError(
    `${which} was trained on other columns than the stream has: ${difference}. Use a model of such ` +
      'data, or train one',
  );
}

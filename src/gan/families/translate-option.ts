import { InvalidOptionError } from '../../errors.js';
import { either, object } from '../../options/composed.js';
import { about, type Option, required } from '../../options/option.js';
import { custom, text } from '../../options/values.js';

/** A tensor column that is made from another one of the same row. */
export interface TranslatePair {
  /** The column that is read, such as 'labels'. */
  readonly from: string;
  /** The column that is made anew, such as 'slice'. */
  readonly to: string;
}

/** A tensor column whose rows are of two domains. */
export interface TranslateDomain {
  /** The column of tensors, such as 'image'. */
  readonly column: string;
  /** The column that names each row's domain, such as 'scanner'. */
  readonly domain: string;
  /** The domain that synthetic rows are of. */
  readonly to: string | number | boolean;
  /** The domain that they are made from. Default: the other one, where there are two. */
  readonly from?: string | number | boolean | undefined;
}

/** What of a real row is made anew in a synthetic one; all else stays. */
export type TranslateOption = TranslatePair | TranslateDomain;

/** Whether a translation is one between domains. */
export function isDomainTranslation(translate: TranslateOption): translate is TranslateDomain {
  return 'column' in translate || 'domain' in translate;
}

/** The columns that a translation is learned from, in the order that models have them in. */
export function columnsOfTranslation(translate: TranslateOption): readonly [string, string] {
  return isDomainTranslation(translate)
    ? [translate.column, translate.domain]
    : [translate.from, translate.to];
}

const column = required(text('the name of a column'));
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const level = custom<string | number | boolean>(
  'a text, a number, true or false',
  (value) =>
    (typeof value === 'string' && value !== '') ||
    typeof value === 'boolean' ||
    Number.isFinite(value),
  { type: ['string', 'number', 'boolean'] },
);

const domains = object<TranslateDomain>({
  column: about('the column of tensors', column),
  domain: about("the column that names each row's domain", column),
  to: about('the domain that synthetic rows are of', required(level)),
  from: about('the domain that they are made from, where there are more than two', level),
});

const pair = object<TranslatePair>({
  from: about('the column of tensors that is read', column),
  to: about('the column of tensors that is made anew', column),
});

/** What a translation may be. */
export const translateOption: Option<TranslateOption> = about(
  'make synthetic rows from real ones: one tensor anew, and all else as it is',
  either(
    [
      {
        ...domains,
        accepts: (value) => domains.accepts(value) && isDomainTranslation(value as TranslateOption),
      },
      pair,
    ],
    "{ from, to } of two columns, or { column, domain, to } of one column and a domain's name",
  ),
);

/** Refuses two columns that are the same one, and equal domains. @throws InvalidOptionError */
export function checkTranslateOption(translate: TranslateOption | undefined, path: string): void {
  if (!isObject(translate)) return;
  const [first, second] = columnsOfTranslation(translate);
  if (first === second) {
    throw new InvalidOptionError(
      `${path} needs two columns, and '${first}' is named twice. Name one to read and one to make anew`,
    );
  }
  if (isDomainTranslation(translate) && String(translate.from) === String(translate.to)) {
    throw new InvalidOptionError(
      `${path}.from and ${path}.to are the same domain: '${translate.to}'. Leave ${path}.from out`,
    );
  }
}

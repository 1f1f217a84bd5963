import { DataType, type Field } from 'apache-arrow';
import { isWhole } from '../cells/column-types.js';
import { closestName } from '../closest-name.js';
import type { ColumnEncoder, EncoderJSON } from '../encoder.js';
import { showText } from './value.js';

/**
 * Why a column never holds a value, in words that go on from 'was not in the data': the closest that
 * it had, or its bounds. Undefined where it can.
 *
 * Levels and constants are equal by their text (see `readTexts`), numbers lie within the bounds.
 */
export function unknownValue(
  { type }: Field,
  encoder: ColumnEncoder,
  text: string | null,
): string | undefined {
  return reasonOf(type, encoder.toJSON(), text);
}

function reasonOf(type: DataType, json: EncoderJSON, text: string | null): string | undefined {
  switch (json.kind) {
    case 'nullable':
      return text === null ? undefined : reasonOf(type, json.inner as EncoderJSON, text);
    case 'binned':
      return text === null
        ? binnedNulls(json)
        : outsideBins(type, json as unknown as SavedBins, text);
    case 'boolean':
    case 'categorical':
      return unknownLevel(type, json.levels as (string | null)[], text);
    case 'constant':
      return unknownLevel(type, [json.value as string], text);
    case 'null':
      return text === null ? undefined : 'It was null in every row';
    default:
      return text === null ? 'It had no nulls' : boundsReason(type, json, text);
  }
}

/** What the bounds of saved intervals are in. */
interface SavedBins {
  readonly origin?: string;
  readonly step?: string;
  readonly bins: readonly (readonly [start: number, end: number, count: number])[];
}

const binnedNulls = ({ nulls }: EncoderJSON) =>
  nulls === undefined ? 'It had no nulls' : undefined;

function outsideBins(type: DataType, json: SavedBins, text: string): string | undefined {
  const { origin, step = '1', bins } = json;
  const [start, end] = [bins[0]?.[0] ?? 0, bins.at(-1)?.[1] ?? 0];
  if (origin === undefined) {
    const isInside = Number(text) >= start && Number(text) <= end;
    return isInside ? undefined : boundsInWords(type, String(start), String(end));
  }
  const [lowest, highest] = [start, end].map(
    (steps) => BigInt(origin) + BigInt(steps) * BigInt(step),
  ) as [bigint, bigint];
  const isInside = BigInt(text) >= lowest && BigInt(text) <= highest;
  return isInside ? undefined : boundsInWords(type, String(lowest), String(highest));
}

/** The same of a column of levels. */
export function unknownLevel(
  type: DataType,
  levels: readonly (string | null)[],
  text: string | null,
): string | undefined {
  if (levels.includes(text)) return undefined;
  if (text === null) return 'It had no nulls';
  const closest = closestLevel(
    type,
    levels.filter((level) => level !== null),
    text,
  );
  return closest === undefined
    ? 'It was null in every row'
    : `Did you mean '${showText(type, closest)}'?`;
}

function closestLevel(type: DataType, levels: readonly string[], text: string): string | undefined {
  const plain: DataType = DataType.isDictionary(type) ? type.dictionary : type;
  if (!isWhole(plain) && !DataType.isFloat(plain)) return closestName(text, levels);
  const distances = levels.map((level) => Math.abs(Number(level) - Number(text)));
  const finite = distances.filter((distance) => !Number.isNaN(distance));
  return levels[distances.indexOf(Math.min(...finite))] ?? levels[0];
}

function boundsReason(type: DataType, json: EncoderJSON, text: string): string | undefined {
  if (isWhole(type)) {
    const [lowest, highest] = [String(json.lowest), String(json.highest)];
    const isInside = BigInt(text) >= BigInt(lowest) && BigInt(text) <= BigInt(highest);
    return isInside ? undefined : boundsInWords(type, lowest, highest);
  }
  const [unit, minimum, maximum] = [json.unit, json.minimum, json.maximum].map(Number) as [
    number,
    number,
    number,
  ];
  // In the unit that bounds are kept in: beside huge numbers tiny ones are 0.
  const value = Number(text) / unit;
  if (isAtom(json, text) || (value >= minimum && value <= maximum)) return undefined;
  return boundsInWords(type, String(minimum * unit), String(maximum * unit));
}

/** The least and greatest value of a learned column of numbers or times; undefined for others. */
export function knownBounds(
  { type }: Field,
  encoder: ColumnEncoder,
): { readonly lowest: number | bigint; readonly highest: number | bigint } | undefined {
  const json = encoder.toJSON();
  const own = json.kind === 'nullable' ? (json.inner as EncoderJSON) : json;
  if (isWhole(type) && own.lowest !== undefined) {
    return { lowest: BigInt(String(own.lowest)), highest: BigInt(String(own.highest)) };
  }
  const [unit, minimum, maximum] = [own.unit, own.minimum, own.maximum].map(Number);
  const bounds = {
    lowest: Number(minimum) * Number(unit),
    highest: Number(maximum) * Number(unit),
  };
  return own.kind === 'continuous' && Number.isFinite(bounds.lowest) ? bounds : undefined;
}

function boundsInWords(type: DataType, lowest: string, highest: string): string {
  return `It had ${showText(type, lowest)} to ${showText(type, highest)}`;
}

/** NaN and the infinities lie within no bounds. */
function isAtom({ modes, unit }: EncoderJSON, text: string): boolean {
  const centers = (modes as readonly { kind: string; center: number | string }[])
    .filter(({ kind }) => kind === 'atom')
    .map(({ center }) => String(Number(center) * Number(unit)));
  return centers.includes(text);
}

import type { Field, Vector } from 'apache-arrow';
import { buildWhole } from '../cells/column-build.js';
import { isWhole, wholeBounds } from '../cells/column-types.js';
import { forEachWhole, readDistances, validityOf } from '../cells/column-values.js';
import { distancesFrom } from '../cells/granularity.js';
import type { ColumnEncoder } from '../encoder.js';
import { type Members, refuse, wholeOf } from '../json-checks.js';
import type { Modes } from '../modes/mode.js';
import { decodeModes, encodeModes, modeSpans } from '../modes/mode-values.js';
import { fitModes, type ModeOptions } from '../modes/modes.js';
import { modesFromJSON, modesToJSON } from '../modes/modes-json.js';
import { type CalendarKind, calendarOf } from './calendar.js';

/** Whole numbers from `minimum` to `maximum`, in steps of `step` from the minimum. */
export interface WholeRange {
  readonly minimum: bigint;
  readonly maximum: bigint;
  readonly step: bigint;
  /** What modes count steps from. Default: the minimum. */
  readonly origin?: bigint;
  /** What steps are of, where they are not of units of the type: months, or wall clock units. */
  readonly calendar?: CalendarKind;
}

/** The range is at least so many times as wide as half of the values, where one end is an extreme. */
const manyWidths = 1000n;

/**
 * Fits a column of whole numbers: mode-specific normalisation of the steps from the minimum.
 *
 * decode∘encode is exact for a number within the range, and on a step, if the range is below 2^23
 * steps; else it is within 2^-23 of the range. A number off the steps comes back as a nearest one.
 * Numbers out of range are taken to its edge; null rows are encoded like the heaviest mode.
 */
export function fitWhole(
  kind: string,
  field: Field,
  sample: Vector,
  range: WholeRange,
  options: ModeOptions = {},
): ColumnEncoder {
  const fitted = { ...range, ...originOf(sample, range) };
  const valid = validityOf(sample);
  const steps = stepsOf(sample, fitted).filter((_, row) => valid?.[row] !== 0);
  return whole(kind, field, fitted, fitModes(steps, options));
}

/**
 * The median for an origin where float64 would lose the digits of most distances from the minimum:
 * where half of the values lie close together, and a limit of 64 bits is beside them.
 */
function originOf(sample: Vector, range: WholeRange): { origin?: bigint } {
  const { minimum, maximum, step, calendar } = range;
  const width = maximum - minimum;
  if (calendar || Number.isSafeInteger(Number(width / step))) return {};
  const middle = medianOf(distancesFrom(sample, minimum));
  const near = distancesFrom(sample, minimum + middle);
  const half = medianOf(near.map((distance) => (distance < 0n ? -distance : distance)));
  return half * manyWidths < width ? { origin: minimum + middle } : {};
}

function medianOf(values: readonly bigint[]): bigint {
  return values.toSorted((a, b) => Number(a > b) - Number(a < b))[values.length >> 1] ?? 0n;
}

/** Reads a saved encoder of whole numbers. */
export function wholeFromJSON(kind: string, field: Field, members: Members): ColumnEncoder {
  if (!isWhole(field.type)) refuse(field, 'does not fit the type', String(field.type));
  const [minimum, maximum, step] = ['lowest', 'highest', 'step'].map((key) =>
    wholeOf(field, members, key),
  ) as [bigint, bigint, bigint];
  const bounds = wholeBounds(field.type);
  if (minimum < bounds.minimum || maximum > bounds.maximum || minimum > maximum || step < 1n) {
    refuse(field, 'has an impossible range', [members.lowest, members.highest, members.step]);
  }
  const modes = modesFromJSON(field, members);
  const origin = members.origin === undefined ? undefined : wholeOf(field, members, 'origin');
  if (origin !== undefined && (origin < minimum || origin > maximum || members.calendar)) {
    refuse(field, 'has an impossible origin', members.origin);
  }
  if (
    (modes.minimum < 0 && origin === undefined) ||
    modes.modes.some(({ center }) => !Number.isFinite(center))
  ) {
    refuse(field, 'has a mode that is no whole number', members.modes);
  }
  const { calendar } = members;
  if (calendar === undefined) {
    const fromOrigin = origin === undefined ? {} : { origin };
    return whole(kind, field, { minimum, maximum, step, ...fromOrigin }, modes);
  }
  const isKnown = calendar === 'wall' || calendar === 'month';
  if (!isKnown || !calendarOf(field.type, calendar, minimum)) {
    return refuse(field, 'has a calendar that does not suit its type', calendar);
  }
  return whole(kind, field, { minimum, maximum, step, calendar }, modes);
}

function stepsOf(vector: Vector, { minimum, step, calendar, origin }: WholeRange): Float64Array {
  const size = Number(step);
  const dates = calendar && calendarOf(vector.type, calendar, minimum);
  if (dates) {
    const steps = new Float64Array(vector.length);
    const first = dates.toIndex(minimum);
    forEachWhole(vector, (value, row) => {
      steps[row] = Number(dates.toIndex(BigInt(value)) - first) / size;
    });
    return steps;
  }
  const distances = readDistances(vector, origin ?? minimum);
  return size === 1 ? distances : distances.map((distance) => distance / size);
}

function whole(kind: string, field: Field, range: WholeRange, modes: Modes): ColumnEncoder {
  const { minimum, maximum, step, calendar, origin } = range;
  const dates = calendar && calendarOf(field.type, calendar, minimum);
  const first = dates ? dates.toIndex(minimum) : (origin ?? minimum);
  const bounds = [minimum, maximum, maximum - minimum];
  const isSafe = bounds.every((bound) => Number.isSafeInteger(Number(bound)));
  return {
    kind,
    spans: modeSpans(modes),
    encode: (vector, random) =>
      encodeModes(modes, stepsOf(vector, range), validityOf(vector), random),
    decode(spans, rows) {
      const steps = decodeModes(modes, spans, rows);
      if (isSafe && !dates) {
        const [origin, most, size] = [minimum, maximum, step].map(Number) as [
          number,
          number,
          number,
        ];
        for (let row = 0; row < rows; row++) {
          steps[row] = Math.min(origin + Math.round(steps[row] as number) * size, most);
        }
        return buildWhole(field.type, steps);
      }
      const values = Array.from(steps, (steps) => {
        // Steps that far from the origin are rounded; the ends are known.
        if (origin !== undefined && steps === modes.minimum) return minimum;
        if (origin !== undefined && steps === modes.maximum) return maximum;
        const index = first + BigInt(Math.round(steps)) * step;
        const value = dates ? dates.fromIndex(index) : index;
        // Above 2^53 a float64 can round past the bounds.
        if (value < minimum) return minimum;
        return value > maximum ? maximum : value;
      });
      return buildWhole(field.type, values);
    },
    toJSON: () => ({
      kind,
      lowest: String(minimum),
      highest: String(maximum),
      step: String(step),
      ...(origin === undefined ? {} : { origin: String(origin) }),
      ...(calendar ? { calendar } : {}),
      ...modesToJSON(modes),
    }),
  };
}

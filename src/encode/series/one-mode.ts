import type { Field } from 'apache-arrow';
import type { ColumnEncoder, EncoderJSON } from '../encoder.js';
import { encoderFromJSON } from '../from-json.js';
import { clip, type Mode } from '../modes/mode.js';

/** Values that so many items share stay modes of their own: such as zeros of a rain gauge. */
const atomShare = 0.05;

/**
 * The encoder of a column of numbers with one mode over the whole range in the place of its Gaussians:
 * what is near in value is near in code, as series need it. Values that hold 5 % of the items stay
 * exact, NaN and the infinities too. Other encoders are left as they are.
 */
export function withOneMode(field: Field, encoder: ColumnEncoder): ColumnEncoder {
  const json = encoder.toJSON();
  const simple = simplified(json);
  return simple === json ? encoder : encoderFromJSON(field, simple);
}

function simplified(json: EncoderJSON): EncoderJSON {
  if (json.kind === 'nullable') {
    const inner = simplified(json.inner as EncoderJSON);
    return inner === json.inner ? json : { ...json, inner };
  }
  const { modes, bulk, ...others } = json;
  if (!Array.isArray(modes) || modes.every(({ kind }: Mode) => kind === 'atom')) return json;
  const atoms = (modes as Mode[]).filter(
    ({ kind, weight, center }) =>
      kind === 'atom' && (weight >= atomShare || !Number.isFinite(Number(center))),
  );
  const { minimum, maximum } = others as unknown as { minimum: number; maximum: number };
  const weight = 1 - atoms.reduce((sum, atom) => sum + atom.weight, 0);
  const whole = {
    kind: 'bridge',
    center: minimum / 2 + maximum / 2,
    deviation: 0,
    halfWidth: (maximum / 2 - minimum / 2) / clip,
    weight: Math.max(weight, 0),
  };
  return { ...others, kind: json.kind, modes: [...atoms, whole] };
}

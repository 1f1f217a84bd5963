import type { Field } from 'apache-arrow';
import { listOf, type Members, membersOf, numberOf, refuse } from '../json-checks.js';
import type { Bounds } from './bulk.js';
import { curveProblem, type PiecewiseLinear } from './curve.js';
import type { Mode, Modes } from './mode.js';

/** More modes no column has. */
const mostModes = 256;

/** Modes as plain JSON; NaN and infinite atoms are written as text. */
export function modesToJSON({ minimum, maximum, bulk, modes }: Modes): Members {
  return {
    minimum,
    maximum,
    ...(bulk === undefined ? {} : { bulk }),
    modes: modes.map((mode) => ({
      ...mode,
      center: Number.isFinite(mode.center) ? mode.center : String(mode.center),
    })),
  };
}

/** Reads what `modesToJSON` wrote; throws a ModelError where it is not that. */
export function modesFromJSON(field: Field, members: Members): Modes {
  const minimum = numberOf(field, members, 'minimum');
  const maximum = numberOf(field, members, 'maximum', minimum);
  const list = listOf(field, members, 'modes');
  if (list.length === 0 || list.length > mostModes)
    refuse(field, 'has a bad number of modes', list.length);
  const modes = list.map((each) => modeFromJSON(field, membersOf(field, each)));
  const outside = modes.find(({ center }) => center < minimum || center > maximum);
  if (outside && Number.isFinite(outside.center)) refuse(field, 'has a mode out of range', outside);
  const bulk = members.bulk === undefined ? undefined : boundsFromJSON(field, members.bulk);
  if (bulk && (bulk.minimum < minimum || bulk.maximum > maximum)) {
    refuse(field, 'has a bulk out of range', members.bulk);
  }
  const far = modes.findIndex(({ kind }) => kind === 'far');
  if (far >= 0 && !(bulk && far === modes.length - 1)) {
    refuse(field, 'has a far mode that is not the last, or has no bulk', members.modes);
  }
  return { minimum, maximum, ...(bulk ? { bulk } : {}), modes };
}

function boundsFromJSON(field: Field, json: unknown): Bounds {
  const members = membersOf(field, json);
  const minimum = numberOf(field, members, 'minimum');
  return { minimum, maximum: numberOf(field, members, 'maximum', minimum) };
}

function modeFromJSON(field: Field, members: Members): Mode {
  const { kind } = members;
  if (!isKind(kind)) return refuse(field, 'has a mode of unknown kind', kind);
  const special = ['NaN', 'Infinity', '-Infinity'].includes(String(members.center));
  const mode: Mode = {
    kind,
    center:
      kind === 'atom' && special ? Number(members.center) : numberOf(field, members, 'center'),
    deviation: numberOf(field, members, 'deviation', 0),
    halfWidth: numberOf(field, members, 'halfWidth', 0),
    weight: numberOf(field, members, 'weight', 0),
    ...(members.curve === undefined ? {} : { curve: curveFromJSON(field, members.curve) }),
  };
  const flat = mode.halfWidth === 0;
  if (flat && mode.curve) refuse(field, 'has a curve where there is one value', members);
  if (flat !== (kind === 'atom') || (mode.deviation === 0) !== (kind !== 'gaussian')) {
    refuse(field, 'has a mode of impossible width', members);
  }
  return mode;
}

const kinds: readonly unknown[] = ['gaussian', 'atom', 'interval', 'bridge', 'far'];

function isKind(kind: unknown): kind is Mode['kind'] {
  return kinds.includes(kind);
}

function curveFromJSON(field: Field, json: unknown): PiecewiseLinear {
  const members = membersOf(field, json);
  const to = listOf(field, members, 'to') as number[];
  const from = listOf(field, members, 'from') as number[];
  const problem = curveProblem({ from, to });
  if (problem !== undefined) refuse(field, `has a curve with a bad ${problem}`, json);
  return { from, to };
}

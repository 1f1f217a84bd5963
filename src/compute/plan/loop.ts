import type { Node, Value } from '../record/graph.js';
import { mapEntries } from '../tensor.js';
import { type Plan, resultsOf } from './plan.js';
import { nameResults, rename } from './rename.js';

/** Stands in a shape for the number of steps of a run, which each run has of its own. */
export const anySteps = -1;

/** Input that says by its length how many steps a run makes, where no other input does. */
export const counter: Value = { name: '#steps', shape: [], dtype: 'float32' };

/**
 * A plan that makes any number of steps in one run: inputs and outputs get a leading axis of steps,
 * and the state goes from step to step inside an ONNX `Scan`. onnxruntime-node copies the state at
 * the border of every run; this way it does so once in many steps.
 */
export function loop(plan: Plan): Plan {
  const state = Object.values(plan.state);
  const scanned = plan.inputs.length > 0 ? plan.inputs : [counter];
  // Names inside must not be those around.
  const within = (value: Value): Value => ({ ...value, name: `#in/${value.name}` });
  const inner = new Map([...state, ...scanned].map((value) => [value.name, within(value)]));
  const names = new Map([...inner].map(([name, value]) => [name, value.name]));
  const body = nameResults(
    rename(plan.nodes, names),
    resultsOf(plan).map((value, k) => [`#out/${k}`, inner.get(value.name) ?? value]),
  );

  const next = mapEntries(plan.nextState, (value, name) => ({ ...value, name: `#next/${name}` }));
  const outputs = mapEntries(plan.outputs, (value, name) =>
    stack({ ...value, name: `#all/${name}` }),
  );
  const scan: Node = {
    operator: 'Scan',
    inputs: [...state, ...scanned.map(stack)],
    outputs: [...Object.values(next), ...Object.values(outputs)],
    attributes: {
      num_scan_inputs: { int: scanned.length },
      body: { graph: { ...body, inputs: [...inner.values()] } },
    },
  };
  return {
    state: plan.state,
    inputs: scanned.map(stack),
    nodes: [scan],
    nextState: next,
    outputs,
  };
}

function stack(value: Value): Value {
  return { ...value, shape: [anySteps, ...value.shape] };
}

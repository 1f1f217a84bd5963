import type { Node, Value } from '../record/graph.js';
import type { Recording } from '../record/record.js';

/**
 * What a recorded step is to compute, in the order of computing: what the passes of this folder
 * turn into something faster, and what is then written as ONNX.
 */
export interface Plan {
  /** The state as it comes in; an entry that nothing reads is here too. */
  readonly state: Readonly<Record<string, Value>>;
  /** Inputs that something reads. */
  readonly inputs: readonly Value[];
  /** Each node comes after those that it reads from. */
  readonly nodes: readonly Node[];
  readonly nextState: Readonly<Record<string, Value>>;
  readonly outputs: Readonly<Record<string, Value>>;
}

/** A plan for the same results by other nodes. */
export type Pass = (plan: Plan) => Plan;

/** The plan of a recording, without what nothing needs. */
export function planOf({ graph, inputs, ...rest }: Recording): Plan {
  return prune({ ...rest, inputs: Object.values(inputs), nodes: graph.nodes });
}

/** Every value that a plan is there for. */
export function resultsOf({ nextState, outputs }: Plan): Value[] {
  return [...Object.values(nextState), ...Object.values(outputs)];
}

/** The plan without nodes and inputs that no result needs. */
export function prune(plan: Plan): Plan {
  const needed = new Set(resultsOf(plan).map(({ name }) => name));
  const nodes: Node[] = [];
  for (const node of plan.nodes.toReversed()) {
    if (!node.outputs.some(({ name }) => needed.has(name))) continue;
    for (const { name } of readBy(node)) needed.add(name);
    nodes.push(node);
  }
  return {
    ...plan,
    nodes: nodes.reverse(),
    inputs: plan.inputs.filter(({ name }) => needed.has(name)),
  };
}

/** What a node reads: its inputs, and what a graph inside it takes from around it. */
export function readBy({ inputs, attributes }: Node): Value[] {
  const inside = Object.values(attributes).flatMap((attribute) => {
    if (!('graph' in attribute)) return [];
    const { graph } = attribute;
    const own = new Set([...graph.inputs, ...graph.nodes.flatMap(({ outputs }) => outputs)]);
    return graph.nodes.flatMap(readBy).filter((value) => !own.has(value));
  });
  return [...inputs, ...inside];
}

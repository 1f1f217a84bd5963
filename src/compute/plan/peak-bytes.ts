import type { Node, Value } from '../record/graph.js';
import { sizeOf } from '../tensor.js';
import { type Plan, readBy, resultsOf } from './plan.js';

/** Their outputs are the memory of their first input. */
const views = new Set(['Reshape', 'Squeeze', 'Unsqueeze', 'Flatten', 'Identity']);

const bytesOfElement = { float32: 4, int32: 4, bool: 1, int64: 8 } as const;

/**
 * Bytes of a step's activations, gradients and the like that are in memory at the same time, at most:
 * a value is there from the node that makes it to the last one that reads it. State, inputs, constants
 * and what is kept of the results are not counted, nor what an operator needs within itself.
 */
export function peakBytes(plan: Plan): number {
  return peakOf(plan.nodes, new Set(resultsOf(plan).map(({ name }) => name)));
}

function peakOf(nodes: readonly Node[], results: ReadonlySet<string>): number {
  const owner = ownersOf(nodes);
  const lastReads = lastReadsOf(nodes, owner);
  const kept = new Set([...results].map((name) => owner.get(name) ?? name));
  const sizes = new Map<string, number>();
  let live = 0;
  let peak = 0;
  nodes.forEach((node, place) => {
    for (const value of node.outputs) {
      if (owner.get(value.name) !== value.name || kept.has(value.name)) continue;
      sizes.set(value.name, bytesOf(value));
      live += bytesOf(value);
    }
    peak = Math.max(peak, live + insideOf(node));
    for (const name of lastReads.get(place) ?? []) live -= sizes.get(name) ?? 0;
  });
  return peak;
}

/** The value whose memory each output of a node is: its own, or that of what it is a view of. */
function ownersOf(nodes: readonly Node[]): ReadonlyMap<string, string> {
  const owner = new Map<string, string>();
  for (const { operator, inputs, outputs } of nodes) {
    const viewed = views.has(operator) ? inputs[0]?.name : undefined;
    for (const { name } of outputs) {
      owner.set(name, viewed === undefined ? name : (owner.get(viewed) ?? viewed));
    }
  }
  return owner;
}

/** Names of the values that are not needed after a node, by its place. */
function lastReadsOf(
  nodes: readonly Node[],
  owner: ReadonlyMap<string, string>,
): ReadonlyMap<number, readonly string[]> {
  const last = new Map<string, number>();
  nodes.forEach((node, place) => {
    for (const { name } of [...node.outputs, ...readBy(node)]) {
      last.set(owner.get(name) ?? name, place);
    }
  });
  const places = new Map<number, string[]>();
  for (const [name, place] of last) places.set(place, [...(places.get(place) ?? []), name]);
  return places;
}

/** The peak of graphs inside a node. */
function insideOf({ attributes }: Node): number {
  const peaks = Object.values(attributes).map((attribute) =>
    'graph' in attribute ? peakOf(attribute.graph.nodes, new Set()) : 0,
  );
  return Math.max(0, ...peaks);
}

function bytesOf({ shape, dtype }: Value): number {
  return sizeOf(shape) * bytesOfElement[dtype];
}

import type { Graph, Value } from '../graph.js';

/** Writes one tfjs kernel as nodes of the graph. Attribute names are tfjs's own. */
export type KernelRecorder = (
  graph: Graph,
  // biome-ignore lint/suspicious/noExplicitAny: each kernel has inputs and attributes of its own.
  inputs: any,
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  attributes: any,
) => Value | Value[];

export type KernelRecorders = Readonly<Record<string, KernelRecorder>>;

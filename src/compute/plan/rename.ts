import type { Attribute, Node, Value } from '../record/graph.js';

/** The nodes with values under other names, also where a graph inside a node reads them. */
export function rename(nodes: readonly Node[], names: ReadonlyMap<string, string>): Node[] {
  const one = (value: Value): Value => {
    const name = names.get(value.name);
    return name === undefined ? value : { ...value, name };
  };
  const inside = (attribute: Attribute): Attribute =>
    'graph' in attribute
      ? { graph: { ...attribute.graph, nodes: rename(attribute.graph.nodes, names) } }
      : attribute;
  return nodes.map(({ operator, inputs, outputs, attributes }) => ({
    operator,
    inputs: inputs.map(one),
    outputs: outputs.map(one),
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([key, attribute]) => [key, inside(attribute)]),
    ),
  }));
}

/**
 * Gives results the names under which a graph puts them out. Where a value is a result twice, or is
 * no node's output, a copy carries the name.
 */
export function nameResults(
  nodes: readonly Node[],
  results: readonly (readonly [string, Value])[],
): { nodes: Node[]; outputs: Value[] } {
  const computed = new Set(nodes.flatMap(({ outputs }) => outputs.map(({ name }) => name)));
  const names = new Map<string, string>();
  const copies: Node[] = [];
  const outputs = results.map(([name, value]) => {
    const output = { name, shape: value.shape, dtype: value.dtype };
    if (computed.has(value.name) && !names.has(value.name)) names.set(value.name, name);
    else copies.push({ operator: 'Identity', inputs: [value], outputs: [output], attributes: {} });
    return output;
  });
  return { nodes: rename([...nodes, ...copies], names), outputs };
}

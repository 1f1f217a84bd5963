import { fromBinary } from '@bufbuild/protobuf';
import {
  type ModelProto,
  ModelProtoSchema,
  TensorProto_DataLocation,
  type ValueInfoProto,
} from 'onnx-buf';
import type { TensorSpecs } from '../tensor.js';
import { costProblem } from './cost/graph-cost.js';
import { inferences } from './cost/infer-shape.js';
import { dimensionNames } from './proto.js';

/**
 * Why an ONNX file from outside must not be run, if there is a reason: it is damaged, refers to
 * other files, holds what no generator of ours does, or has other inputs and outputs. `anyBatch`
 * in a shape is the dimension 'batch'.
 *
 * @param run Inputs of a run, whose cost is bounded; undefined where the file is trusted with that.
 */
export function readOnnxProblem(
  bytes: Uint8Array,
  inputs: TensorSpecs,
  outputs: TensorSpecs,
  run?: TensorSpecs,
): string | undefined {
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    return `it is not an ONNX file (${(error as Error).message})`;
  }
  const { graph } = model;
  if (!graph) return 'it has no graph';
  if (model.functions.length + model.trainingInfo.length > 0) return 'it has more than one graph';
  if (graph.sparseInitializer.length > 0) return 'it has sparse constants';
  for (const { name, dataLocation, externalData } of graph.initializer) {
    if (dataLocation === TensorProto_DataLocation.EXTERNAL || externalData.length > 0) {
      return `constant '${name}' refers to another file`;
    }
  }
  for (const { domain, opType, attribute } of graph.node) {
    if (domain !== '' || !Object.hasOwn(inferences, opType)) {
      return `it has an operator '${domain}${opType}'`;
    }
    if (attribute.some(({ g, graphs, t, tensors }) => g || t || graphs.length + tensors.length)) {
      return `operator '${opType}' has a graph or tensor inside`;
    }
  }
  return (
    shapeProblem('input', graph.input, inputs) ??
    shapeProblem('output', graph.output, outputs) ??
    (run && costProblem(graph, run))
  );
}

/** An input that the graph does not need may be missing. */
function shapeProblem(kind: 'input' | 'output', found: ValueInfoProto[], specs: TensorSpecs) {
  for (const { name, type } of found) {
    const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
    const shape = tensor?.shape?.dim.map(({ value }) => String(value.value));
    const wanted = specs[name]?.shape.map((size) => dimensionNames.get(size) ?? String(size));
    if (String(shape) !== String(wanted)) {
      return `${kind} '${name}' has the shape [${shape}] instead of [${wanted}]`;
    }
  }
  if (kind === 'output' && found.length !== Object.keys(specs).length) return 'outputs are missing';
  return undefined;
}

import { fromBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema, TensorProto_DataLocation } from 'onnx-buf';

/**
 * Why an ONNX file from outside must not be run, if there is a reason: it is damaged, refers to
 * other files, or has operators or subgraphs that no recording of ours contains.
 */
export function readOnnxProblem(bytes: Uint8Array): string | undefined {
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
  for (const tensor of graph.initializer) {
    if (
      tensor.dataLocation === TensorProto_DataLocation.EXTERNAL ||
      tensor.externalData.length > 0
    ) {
      return `constant '${tensor.name}' refers to another file`;
    }
  }
  for (const node of graph.node) {
    if (node.domain !== '') return `operator '${node.domain}.${node.opType}' is not a standard one`;
    if (
      node.attribute.some(({ g, graphs, t, tensors }) => g || t || graphs.length + tensors.length)
    ) {
      return `operator '${node.opType}' has a graph or tensor inside`;
    }
  }
  return undefined;
}

/** Names of the generator's layers: the tensors of each start with its name. */
export const hidden = (layer: number) => `generator/hidden${layer}`;
export const output = 'generator/output';

/** Name of the biases of the last layer. */
export const outputBias = `${output}/bias`;

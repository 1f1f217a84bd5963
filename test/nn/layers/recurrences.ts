import type { HostTensor, HostTensors } from '../../../src/compute/tensor.js';
import type { RecurrentSizes } from '../../../src/nn/layers/recurrent.js';

/** A recurrent network in plain numbers: all hidden states, and what each layer carries at the end. */
export type OfNumbers = (
  state: HostTensors,
  name: string,
  x: HostTensor,
  sizes: RecurrentSizes,
) => HostTensors;

/** What one unit makes of its gates' sums and of what it carries. */
type Unit = (given: number[], known: number[], carried: number[]) => number[];

const sigma = (x: number) => 1 / (1 + Math.exp(-x));

export const gruOfNumbers = ofNumbers(3, 1, (given, known, [before = 0]) => {
  const [reset, update] = [0, 1].map((gate) =>
    sigma((given[gate] as number) + (known[gate] as number)),
  ) as [number, number];
  const fresh = Math.tanh((given[2] as number) + reset * (known[2] as number));
  return [(1 - update) * fresh + update * before];
});

export const lstmOfNumbers = ofNumbers(4, 2, (given, known, [, memory = 0]) => {
  const [input, forget, candidate, output] = given.map((sum, k) => sum + (known[k] as number)) as [
    number,
    number,
    number,
    number,
  ];
  const next = sigma(forget) * memory + sigma(input) * Math.tanh(candidate);
  return [sigma(output) * Math.tanh(next), next];
});

function ofNumbers(gates: number, carries: number, unit: Unit): OfNumbers {
  return (state, name, { shape, values }, { inputs, hidden, layers = 1 }) => {
    const [batch = 0, time = 0] = shape;
    const series = Array.from({ length: batch }, (_, b) =>
      Array.from({ length: time }, (_, t) => [
        ...values.slice((b * time + t) * inputs, (b * time + t + 1) * inputs),
      ]),
    );
    const ends: number[][][] = [];
    const results = series.map((moments) => {
      let y = moments;
      for (let layer = 0; layer < layers; layer++) {
        const of = (tensor: string) => state[`${name}/${layer}/${tensor}`]?.values ?? [];
        const sums = (x: readonly number[], kind: string, j: number) =>
          Array.from({ length: gates }, (_, gate) => {
            const column = gate * hidden + j;
            return x.reduce(
              (sum, each, row) =>
                sum + each * (of(`${kind}Weight`)[row * gates * hidden + column] as number),
              of(`${kind}Bias`)[column] as number,
            );
          });
        let carried = Array.from({ length: hidden }, () => new Array<number>(carries).fill(0));
        y = y.map((x) => {
          const before = carried.map(([h]) => h as number);
          carried = carried.map((each, j) =>
            unit(sums(x, 'input', j), sums(before, 'hidden', j), each),
          );
          return carried.map(([h]) => h as number);
        });
        ends[layer] = [...(ends[layer] ?? []), carried.flat()];
      }
      return y;
    });
    // [layers · carries, batch, hidden]
    const last = ends.flatMap((perBatch) =>
      Array.from({ length: carries }, (_, c) =>
        perBatch.map((flat) => flat.filter((_, k) => k % carries === c)),
      ),
    );
    const tensor = (of: readonly number[], numbers: number[]): HostTensor => ({
      shape: of,
      dtype: 'float32',
      values: Float32Array.from(numbers),
    });
    return {
      y: tensor([batch, time, hidden], results.flat(2)),
      last: tensor([layers * carries, batch, hidden], last.flat(2)),
    };
  };
}

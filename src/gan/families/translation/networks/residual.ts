import { add, type Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../../../compute/tensor.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import type { BuiltLayer, Layer } from '../../../../nn/layer.js';
import { relu, tanh } from '../../../../nn/layers/activations.js';
import type { Network } from '../../../../nn/network.js';
import { conv, forAnySize, instanceNorm, mirrorEdges, run, upConv } from './pieces.js';

/** What a residual generator is made of. */
export interface ResidualOptions {
  /** Features of its first layer. */
  readonly filters: number;
  /** Residual blocks, at a quarter of height and width. */
  readonly blocks: number;
}

/** A generator whose features within can be looked at. */
export interface ResidualGenerator extends Network {
  /**
   * Features of images at several depths, each [rows, height, width, features]: the pixels, after each
   * halving, and after the first and the middle block (Park et al. 2020).
   */
  encode(state: Tensors, x: Tensor): Tensor[];
  /** Shapes of these features, of one image. */
  readonly depths: readonly (readonly number[])[];
}

/** Halvings of the image. */
const halvings = 2;

const normalised = { kernel: 3, padding: 'valid', bias: false } as const;

/** What a block adds to its input: two convolutions of 3 × 3. */
const blockLayers = (filters: number): readonly Layer[] => [
  mirrorEdges(1),
  conv(filters, normalised),
  instanceNorm,
  relu,
  mirrorEdges(1),
  conv(filters, normalised),
  instanceNorm,
];

/**
 * The generator of CycleGAN (Zhu et al. 2017, after Johnson et al. 2016): images → images of the same
 * shape, numbers in [−1, 1]. It halves them twice, changes them by residual blocks, and doubles them.
 */
export function residualGenerator(image: ImageShape, options: ResidualOptions): ResidualGenerator {
  let inner: ReturnType<typeof build> | undefined;
  const network = forAnySize(image, 2 ** halvings, (size) => {
    inner = build({ ...image, ...size }, options);
    return inner;
  });
  const { encode, depths } = inner as unknown as ReturnType<typeof build>;
  return { ...network, encode, depths };
}

function build(image: ImageShape, { filters, blocks }: ResidualOptions): ResidualGenerator {
  const wide = filters * 2 ** halvings;
  const halving = (level: number): readonly Layer[] => [
    conv(filters * 2 ** level, { kernel: 3, stride: 2, bias: false }),
    instanceNorm,
    relu,
  ];
  const doubling = (level: number): readonly Layer[] => [
    upConv(filters * 2 ** level, { kernel: 3, stride: 2, bias: false }),
    instanceNorm,
    relu,
  ];
  const stages: readonly Stage[] = [
    {
      layers: [
        mirrorEdges(3),
        conv(filters, { kernel: 7, padding: 'valid', bias: false }),
        instanceNorm,
        relu,
      ],
    },
    { layers: halving(1), isSeen: true },
    { layers: halving(2), isSeen: true },
    ...Array.from({ length: blocks }, (_, k) => ({
      layers: blockLayers(wide),
      isResidual: true,
      isSeen: k === 0 || k === blocks >> 1,
    })),
    { layers: doubling(1) },
    { layers: doubling(0) },
    { layers: [mirrorEdges(3), conv(image.channels, { kernel: 7, padding: 'valid' }), tanh] },
  ];
  const built = buildStages(stages, [image.height, image.width, image.channels]);
  const seen = built.filter(({ isSeen }) => isSeen);
  const lastSeen = built.findLastIndex(({ isSeen }) => isSeen);
  return {
    depths: [[image.height, image.width, image.channels], ...seen.map(({ shape }) => shape)],
    create: (random) =>
      Object.assign(
        {},
        ...built.flatMap(({ layers }) =>
          layers.map(({ layer, name }) => layer.create?.(name, random) ?? {}),
        ),
      ),
    apply: (state, x) => ({ y: built.reduce((y, stage) => runStage(stage, state, y), x) }),
    encode(state, x) {
      const features = [x];
      let y = x;
      for (const stage of built.slice(0, lastSeen + 1)) {
        y = runStage(stage, state, y);
        if (stage.isSeen) features.push(y);
      }
      return features;
    },
  };
}

/** Some layers that belong together. */
interface Stage {
  readonly layers: readonly Layer[];
  /** Whether what comes in is added to what goes out. */
  readonly isResidual?: boolean;
  /** Whether its features are looked at. */
  readonly isSeen?: boolean;
}

interface BuiltStage extends Omit<Stage, 'layers'> {
  readonly layers: readonly { readonly layer: BuiltLayer; readonly name: string }[];
  readonly shape: readonly number[];
}

function buildStages(stages: readonly Stage[], input: readonly number[]): BuiltStage[] {
  let shape = input;
  return stages.map((stage, at) => {
    const layers = stage.layers.map((layer, k) => {
      const built = layer({ shape, classes: 0 });
      shape = built.shape;
      return { layer: built, name: `${at}/${k}` };
    });
    return { ...stage, layers, shape };
  });
}

function runStage({ layers, isResidual }: BuiltStage, state: Tensors, x: Tensor): Tensor {
  const y = layers.reduce((made, { layer, name }) => run(layer, state, name, made), x);
  return isResidual ? add(x, y) : y;
}

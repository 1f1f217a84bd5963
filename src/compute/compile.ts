import { InvalidOptionError } from '../errors.js';
import { native } from './native-gate.js';
import { compileOnnx } from './onnx/program.js';
import type { Program } from './program.js';
import type { HostTensors, StepFunction, TensorSpecs } from './tensor.js';

/** Where a compiled step can run. */
export const engines = ['onnx', 'tfjs'] as const;
export type Engine = (typeof engines)[number];

/** What a program is compiled from. */
export interface ProgramSource {
  /** One step, written in tfjs ops. */
  readonly step: StepFunction;
  /** The state before the first run. */
  readonly state: HostTensors;
  /** Shapes and types of what is fed to each run. */
  readonly inputs: TensorSpecs;
}

/**
 * Compiles a step for an engine.
 *
 * `onnx` records the step once, with tfjs's automatic differentiation in it, and runs the graph
 * natively; `tfjs` runs it eagerly. Both mean the same, within the rounding of float32.
 */
export async function compile(
  source: ProgramSource,
  { engine = 'onnx' }: { engine?: Engine } = {},
): Promise<Program> {
  const program = await native(() => compileFor(engine, source));
  return {
    ...program,
    run: (feed, steps) => native(() => program.run(feed, steps)),
    dispose: () => native(() => program.dispose()),
  };
}

async function compileFor(
  engine: Engine,
  { step, state, inputs }: ProgramSource,
): Promise<Program> {
  switch (engine) {
    case 'onnx':
      return compileOnnx(step, state, inputs);
    case 'tfjs': {
      // Loading it registers tfjs's CPU backend with the process.
      const { compileTfjs } = await import('./tfjs/program.js');
      return compileTfjs(step, state, inputs);
    }
    default:
      throw new InvalidOptionError(
        `engine must be one of ${engines.join(', ')}: ${String(engine)}`,
      );
  }
}

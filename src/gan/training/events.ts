import type { Device, Engine } from '../../compute/engines/options.js';

/** What happens while a model is trained, besides single steps. */
export type TrainingEvent =
  /** What computes is not what would be faster, and why. */
  | {
      readonly type: 'device';
      readonly engine: Engine;
      readonly device: Device;
      readonly reason: string;
    }
  /** After the first steps: what all of it will take, about. */
  | {
      readonly type: 'estimate';
      readonly steps: number;
      readonly seconds: number;
      /** Memory of the networks and of what they are fed, without the rows. */
      readonly bytes: number;
    }
  /** Training goes on from a checkpoint. */
  | { readonly type: 'resumed'; readonly step: number }
  /** The quality by held-out rows, higher is better, and whether it is the best so far. */
  | {
      readonly type: 'score';
      readonly step: number;
      readonly score: number;
      readonly best: boolean;
    }
  /** A checkpoint is in its file. */
  | { readonly type: 'checkpoint'; readonly step: number }
  /** Made rows have become much more alike than real ones. */
  | { readonly type: 'collapse'; readonly step: number; readonly variety: number }
  /** A loss was no number: training goes on from an earlier state, with lower learning rates. */
  | {
      readonly type: 'rollback';
      readonly step: number;
      readonly to: number;
      /** What the learning rates are multiplied by from here on. */
      readonly rate: number;
    }
  /** Training is over: all steps are made, the time is up, or nothing has got better for long. */
  | {
      readonly type: 'done';
      readonly step: number;
      /** The step whose state is kept. */
      readonly kept: number;
      readonly reason: 'steps' | 'seconds' | 'patience';
    };

import type { Device, Engine } from '../../compute/engines/options.js';
import type { ColumnNote } from '../../encode/column-notes.js';
import type { HeldBack } from '../../encode/rare-values.js';
import type { Rule } from '../../encode/rules/rule.js';

/** What happens while a model is trained, besides single steps. */
export type TrainingEvent =
  /** What computes is not what would be faster, and why. */
  | {
      /** What computes was chosen. */
      readonly type: 'device';
      /** The engine that computes. */
      readonly engine: Engine;
      /** The device of the engine. */
      readonly device: Device;
      /** Why it is not a faster one. */
      readonly reason: string;
    }
  /** Synthetic rows do not get the values of a column: what they get, why, and the remedy. */
  | ({
      /** A column is not learned. */
      readonly type: 'column';
    } & ColumnNote)
  /** Rules that every synthetic row keeps. */
  | {
      /** Rules were found or given. */
      readonly type: 'rules';
      /** All of them. */
      readonly rules: readonly Rule[];
    }
  /** Values of few rows, which are neither made nor saved. */
  | {
      /** Values are held back. */
      readonly type: 'held-back';
      /** Rows that a value needs to be made. */
      readonly leastRows: number;
      /** How many of which columns. */
      readonly columns: readonly HeldBack[];
    }
  /** After the first steps: what all of it will take, about. */
  | {
      /** After the first steps. */
      readonly type: 'estimate';
      /** Steps that will be made. */
      readonly steps: number;
      /** Seconds that all of them take, about. */
      readonly seconds: number;
      /** Memory of the networks, of what they are fed and, on onnx, of activations; without the rows. */
      readonly bytes: number;
    }
  /** Training goes on from a checkpoint. */
  | {
      /** Training goes on from a checkpoint. */
      readonly type: 'resumed';
      /** The step that the checkpoint was made after. */
      readonly step: number;
    }
  /** The quality by held-out rows, higher is better, and whether it is the best so far. */
  | {
      /** Held-out rows were looked at. */
      readonly type: 'score';
      /** The step that the state is of. */
      readonly step: number;
      /** Higher is better. */
      readonly score: number;
      /** Whether it is the best so far. */
      readonly best: boolean;
    }
  /** A checkpoint is in its file. */
  | {
      /** A checkpoint was written. */
      readonly type: 'checkpoint';
      /** The step that it was made after. */
      readonly step: number;
    }
  /** Made rows have become much more alike than real ones. */
  | {
      /** The generator makes rows that are much alike. */
      readonly type: 'collapse';
      /** The step that the state is of. */
      readonly step: number;
      /** Different rows among the made ones, over those among as many held-out ones. */
      readonly variety: number;
    }
  /** What is made at a look is plainly wrong, as when images of a translation stay as they are. */
  | {
      /** Something is wrong with what is made. */
      readonly type: 'alarm';
      /** The step that the state is of. */
      readonly step: number;
      /** What it is, in words. */
      readonly problem: string;
    }
  /** A loss was no number: training goes on from an earlier state, with lower learning rates. */
  | {
      /** An earlier state was gone back to. */
      readonly type: 'rollback';
      /** The step whose loss was no number. */
      readonly step: number;
      /** The step whose state training goes on from. */
      readonly to: number;
      /** What the learning rates are multiplied by from here on. */
      readonly rate: number;
    }
  /** Training is over: all steps are made, the time is up, or nothing has got better for long. */
  | {
      /** Training is over. */
      readonly type: 'done';
      /** The last step. */
      readonly step: number;
      /** The step whose state is kept. */
      readonly kept: number;
      /** All steps were made, the time was up, or nothing had got better for long. */
      readonly reason: 'steps' | 'seconds' | 'patience';
    };

import type { Schema } from 'apache-arrow';
import type { Rereadable } from '../data/batches/rereadable.js';
import type { RatioConditions } from '../gan/conditions/options.js';
import type { Model } from '../gan/model/model.js';
import type { AugmentPlan } from './augment-plan.js';
import type { AugmentDependencies } from './dependencies.js';
import type { EmitEvent } from './emit-event.js';
import type { GateVerdict } from './gate/verdict.js';
import type { AgreeWith } from './mixing/synthetic-source.js';
import type { RatioOption } from './options/ratio.js';
import type { RowFilter } from './privacy/reject-rows.js';
import type { OutcomeSoFar } from './provenance/outcome.js';

/** What all parts of an iteration work by: the plan, the stream's schema, and what comes of it. */
export interface AugmentContext {
  readonly dependencies: AugmentDependencies;
  readonly plan: AugmentPlan;
  /** The schema of the real batches. */
  readonly schema: Schema;
  /** How the source can be read once more; undefined for a stream that comes once. */
  readonly again: Rereadable | undefined;
  readonly outcome: OutcomeSoFar;
  readonly emit: EmitEvent | undefined;
}

/** A model, and how it is to be used; none where the gate lets nothing in. */
export interface ReadyModel {
  readonly model: Model | undefined;
  /** What is mixed in: as was asked for, or what the gate lets in. */
  readonly ratio: RatioOption;
  readonly gate?: GateVerdict | undefined;
  readonly filter?: RowFilter | undefined;
  readonly agree?: AgreeWith | undefined;
  /** What rows are to be like, where the gate has chosen that. */
  readonly conditions?: RatioConditions | undefined;
}

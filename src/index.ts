// Augmenting streams.

export { augmentBatches } from './augment/augment-batches.js';
export { drawDirections, drawImages } from './augment/draw-images.js';
export { drawVideos } from './augment/draw-videos.js';
export type { DriftedColumn } from './augment/drift/drifted-column.js';
export type { AugmentEvent } from './augment/events.js';
export { fitStream } from './augment/fit-stream.js';
export { type GanAugmentOptions, ganAugment } from './augment/gan-augment.js';
export type { GateVerdict } from './augment/gate/verdict.js';
export type { AugmentOptions } from './augment/options/augment-options.js';
export type { DirectionsOptions, DrawOptions } from './augment/options/draw.js';
export type { DriftOptions } from './augment/options/drift.js';
export type { GateOptions } from './augment/options/gate.js';
export type { ModelSource, SignedModel } from './augment/options/model-source.js';
export type { PrivacyGateOptions } from './augment/options/privacy.js';
export type { ClassRatios, RatioOption } from './augment/options/ratio.js';
export type { SampleOptions } from './augment/options/sample.js';
export type {
  FitStreamOptions,
  FitStreamPrivacy,
  StreamFitOptions,
} from './augment/options/stream-fit.js';
export type { TranslateOptions } from './augment/options/translate.js';
export type { ProgressObserver, ProgressOption } from './augment/progress/option.js';
export { type Outcome, readOutcome } from './augment/provenance/outcome.js';
export { type Provenance, readProvenance } from './augment/provenance/provenance.js';
export { sampleBatches } from './augment/sample-batches.js';
export { groupSequences, ungroupSequences, windows } from './augment/sequences/operators.js';
// Sources and sinks.
export type { BatchOperator, BatchStream, PulledStream } from './augment/stream/batch-stream.js';
export { readParquetJs, writeParquetJs } from './augment/stream/parquetjs.js';
export {
  type BatchSink,
  writeArrow,
  writeCsv,
  writeDataset,
  writeJsonLines,
  writeParquet,
} from './augment/stream/sinks.js';
export {
  fromBatches,
  fromRows,
  readArrow,
  readCsv,
  readDataset,
  readIdx,
  readImages,
  readJsonLines,
  readNifti,
  readParquet,
  readSounds,
  readVideos,
} from './augment/stream/sources.js';
export { toRows } from './augment/stream/to-rows.js';
// Tensors for models downstream.
export { fitTensorTransform } from './augment/tensors/fit-tensor-transform.js';
export type { TensorOptions } from './augment/tensors/options.js';
export type { TensorSummary } from './augment/tensors/summary.js';
export { type TensorBatch, tensorBatches } from './augment/tensors/tensor-batches.js';
export {
  type TensorOperator,
  type TensorStream,
  toTensors,
} from './augment/tensors/to-tensors.js';
export { translateBatches } from './augment/translate-batches.js';
// Evaluation.
export type { RowsSource } from './columns/draw-rows.js';
export type { RowsInput } from './columns/read.js';
export type { ComparedAs, IgnoredColumn } from './columns/read-cells.js';
// Engines.
export { type EngineReport, inspectEngines } from './compute/engines/inspect.js';
export type { Device, Engine, EngineOptions, OnnxDevice } from './compute/engines/options.js';
// Tensor columns and images.
export { makeBatch } from './data/batches/batch.js';
export type { BatchSource } from './data/batches/batch-source.js';
export type { Subscribable } from './data/batches/pull-queue.js';
export { type CsvType, type ReadCsvOptions, readCsvBatches } from './data/csv/read.js';
export { type WriteCsvOptions, writeCsvBatches } from './data/csv/write.js';
// Datasets of many files.
export type { DatasetSource } from './data/dataset/list-files.js';
export { type ReadDatasetOptions, readDatasetBatches } from './data/dataset/read.js';
export {
  type DatasetSummary,
  type WriteDatasetOptions,
  writeDatasetDirectory,
} from './data/dataset/write.js';
export type { ByteSource, ByteStream, WebByteStream } from './data/files/byte-source.js';
export type { ByteStreamTarget, ByteTarget, WebByteSink } from './data/files/byte-target.js';
export type { FileSummary } from './data/files/file-summary.js';
export { type ReadIdxOptions, readIdxBatches } from './data/idx/read.js';
export { type DecodeOptions, decodeImage } from './data/images/decode.js';
export { type GridOptions, imageGrid } from './data/images/grid.js';
export type { Channels, Image } from './data/images/image.js';
export type { MadeBy } from './data/images/made-by.js';
export { encodePng } from './data/images/png.js';
export { type ReadImagesOptions, readImageBatches } from './data/images/read.js';
export type { Resize } from './data/images/resize.js';
// Arrow IPC.
export { type ReadIpcOptions, readIpcBatches } from './data/ipc/read.js';
export { type WriteIpcOptions, writeIpcBatches } from './data/ipc/write.js';
export { type ReadJsonLinesOptions, readJsonLinesBatches } from './data/json/read.js';
export { type WriteJsonLinesOptions, writeJsonLinesBatches } from './data/json/write.js';
// NIfTI volumes.
export type { ReadNiftiOptions } from './data/nifti/options.js';
export type { Plane } from './data/nifti/orient.js';
export { readNiftiBatches } from './data/nifti/read.js';
// Parquet.
export { type ReadParquetOptions, readParquetBatches } from './data/parquet/read.js';
export { type WriteParquetOptions, writeParquetFile } from './data/parquet/write.js';
// Rows of parquetjs-lite.
export { type ParquetJsCompression, parquetJsFields } from './data/parquetjs/fields.js';
export { batchesFromRows, type RowSource } from './data/parquetjs/from-rows.js';
export type { ParquetJsRow } from './data/parquetjs/row.js';
export { schemaOfParquetJs } from './data/parquetjs/schema.js';
export { appendBatches, rowsFromBatches } from './data/parquetjs/to-rows.js';
// Plain objects.
export {
  type ObjectSource,
  type RowsOptions,
  type RowType,
  rowBatches,
  type WebObjectStream,
} from './data/rows/read.js';
export { type PlainRow, plainRows } from './data/rows/to-rows.js';
// Long tables as rows of sequences, and back.
export { groupSequenceBatches } from './data/sequences/group.js';
export type { GroupOptions, UngroupOptions, WindowOptions } from './data/sequences/options.js';
export { ungroupSequenceBatches } from './data/sequences/ungroup.js';
export { windowBatches } from './data/sequences/windows.js';
// Sounds.
export { type DecodedSound, decodeWave } from './data/sounds/decode-wave.js';
export { encodeWave } from './data/sounds/encode-wave.js';
export {
  isSoundField,
  type SoundFieldOptions,
  sampleRate,
  soundField,
  soundListField,
} from './data/sounds/field.js';
export type { ReadSoundsOptions } from './data/sounds/options.js';
export { readSoundBatches } from './data/sounds/read.js';
export { readSoundColumn, type Sounds } from './data/sounds/read-column.js';
export { resample } from './data/sounds/resample.js';
export type { Sound } from './data/sounds/sound.js';
export { type WriteSoundsOptions, writeSoundFiles } from './data/sounds/write-files.js';
export type { ByteRanges, RangeSource } from './data/source/range-source.js';
export type { TensorElement, TensorValues } from './data/tensor/elements.js';
export { makeTensorColumn } from './data/tensor/make.js';
export { permuteTensor } from './data/tensor/permute.js';
export { readTensors, type TensorColumn } from './data/tensor/read.js';
export { isTensorField, type TensorType, tensorField, tensorType } from './data/tensor/type.js';
export type { Clip } from './data/videos/clip.js';
export { decodeAnimation } from './data/videos/decode.js';
export { encodeWebp } from './data/videos/encode.js';
export type { DecodeAnimationOptions, ReadVideosOptions } from './data/videos/options.js';
export { readVideoBatches } from './data/videos/read.js';
// Encoding.
export type { ColumnNote } from './encode/column-notes.js';
export type { ColumnOptions } from './encode/infer.js';
export { soundGrid } from './encode/pictures/sound-grid.js';
export type { Rule, RuleKind, RuleOption } from './encode/rules/rule.js';
// Errors.
export {
  ComputeError,
  DataError,
  FileError,
  FormatError,
  GanAugmentError,
  InvalidOptionError,
  ModelError,
  PrivacyError,
  SchemaError,
  SignatureError,
  TrainingError,
} from './errors.js';
export type { Detection } from './evaluate/detection/detection.js';
export { type EvaluateOptions, evaluate } from './evaluate/evaluate.js';
export type { Evaluation, PrivacyAttacks, RowCount } from './evaluate/evaluation.js';
export type { TableDirection } from './evaluate/explain/directions.js';
export type { ConditionEffect } from './evaluate/explain/effects.js';
export {
  type ExplainOptions,
  type Explanation,
  explainModel,
} from './evaluate/explain/explain-model.js';
export type { Trait } from './evaluate/explain/traits.js';
export type { Accuracy, MarginalAccuracy } from './evaluate/fidelity/accuracy.js';
export type { ColumnShape } from './evaluate/fidelity/column-shapes.js';
export type { Distribution } from './evaluate/fidelity/distribution.js';
export type { PairTrend } from './evaluate/fidelity/pair-trends.js';
export type { Quality } from './evaluate/fidelity/quality.js';
// Images, compared.
export type { DrawnPair } from './evaluate/illustrations/drawn-pairs.js';
export type {
  DrawnPictures,
  PictureBytes,
  PicturePair,
} from './evaluate/illustrations/drawn-pictures.js';
export type { DrawnSeries } from './evaluate/illustrations/drawn-sequences.js';
export type { Illustrations } from './evaluate/illustrations/illustrate.js';
export type { Point, RowMap } from './evaluate/illustrations/row-map.js';
export type { SampleCells } from './evaluate/illustrations/sample-cells.js';
export type { ImageClassifier, LabelledImages } from './evaluate/image/classifier.js';
export type { ClassesSeen, ImageComparison, Likeness } from './evaluate/image/compare-images.js';
export {
  evaluateImages,
  type ImageEvaluation,
  type ImageEvaluationOptions,
} from './evaluate/image/evaluate-images.js';
export type { ModelName } from './evaluate/models/trainers.js';
export type { AttackScore } from './evaluate/privacy/attacks/attack-score.js';
export type { AttributeDisclosure, Attributes } from './evaluate/privacy/attacks/attribute.js';
export type { Attacks } from './evaluate/privacy/attacks/measure-attacks.js';
export type { Measured } from './evaluate/privacy/attacks/measured.js';
export type { Membership, MembershipAttack } from './evaluate/privacy/attacks/membership.js';
export type { SinglingOut } from './evaluate/privacy/attacks/singling-out.js';
export type { Yardstick, Yardsticks } from './evaluate/privacy/attacks/yardsticks.js';
export type { NewRows } from './evaluate/privacy/new-rows.js';
export type {
  DistanceSummary,
  HoldoutProtection,
  Protection,
} from './evaluate/privacy/protection.js';
export type {
  SequenceComparison,
  SequenceLengths,
  SequenceLikeness,
  SeriesComparison,
} from './evaluate/sequence/compare-sequences.js';
export type { Autocorrelation } from './evaluate/sequence/correlations.js';
export type { NearestOfHoldout, NearestSequences } from './evaluate/sequence/nearest-sequences.js';
export type { SeriesProfile } from './evaluate/sequence/profile.js';
export type { RecurrentScores } from './evaluate/sequence/recurrent/recurrent-scores.js';
export type { TextComparison, TextLikeness } from './evaluate/text/compare-texts.js';
// Translations, compared with their truth.
export type { DomainLikeness } from './evaluate/translation/compare-domains.js';
export type { LabelAgreement, LabelOverlap } from './evaluate/translation/dice.js';
export { evaluateTranslation } from './evaluate/translation/evaluate-translation.js';
export type { EvaluateTranslationOptions } from './evaluate/translation/options.js';
export type { Similarity } from './evaluate/translation/similarity.js';
export type {
  DomainComparison,
  PairComparison,
  SegmentedComparison,
  TranslationEvaluation,
} from './evaluate/translation/translation-evaluation.js';
export type { Estimate } from './evaluate/utility/estimate.js';
export type {
  Fairness,
  GroupRates,
  GroupShare,
  GroupShares,
  GroupTreatment,
} from './evaluate/utility/fairness.js';
export type { Interval } from './evaluate/utility/interval.js';
export {
  type Arm,
  type Lift,
  type LiftOptions,
  measureLift,
  type ScoreEstimates,
} from './evaluate/utility/measure-lift.js';
export type { Measure } from './evaluate/utility/score.js';
// How columns become tensors.
export type {
  DenseValues,
  FeatureJSON,
  LevelsJSON,
  NumberJSON,
  TensorJSON,
} from './features/feature.js';
export { tensorTransformFromJSON } from './features/from-json.js';
export type {
  FeatureKind,
  FeatureOptions,
  Scaling,
  TargetOptions,
  TransformOptions,
} from './features/options.js';
export type {
  DenseTensor,
  InputSpec,
  RowTensors,
  TargetSpec,
  TensorTransform,
  TensorTransformJSON,
} from './features/transform.js';
// Models.
export type {
  Balance,
  CellRange,
  CellValue,
  ConditionOptions,
  ConditionReport,
  Conditions,
} from './gan/conditions/options.js';
export type { RecipeName, RecipeOption } from './gan/families/recipe-option.js';
export type {
  TranslateDomain,
  TranslateOption,
  TranslatePair,
} from './gan/families/translate-option.js';
export { fitModel } from './gan/fit/fit.js';
export type { FitOptions } from './gan/fit/options.js';
export { loadModel, type SaveOptions, saveModel, verifyModel } from './gan/model/directory.js';
export type { Manifest } from './gan/model/manifest.js';
export type { MeasuredAttack } from './gan/model/measured-attack.js';
export type { Model } from './gan/model/model.js';
export type { Key } from './gan/model/signature.js';
export type { SamplingTarget } from './gan/sampling/sampling-target.js';
export type { Translation } from './gan/sampling/translation.js';
export type { TrainingEvent } from './gan/training/events.js';
export type { TrainingStep } from './gan/training/progress.js';
export {
  type RecordedScore,
  recordTraining,
  type TrainingCurves,
  type TrainingRecord,
} from './gan/training/record.js';
export { fitBootstrap } from './makers/bootstrap.js';
export { fitGaussianCopula } from './makers/copula/fit.js';
export type { RowMaker } from './makers/row-maker.js';
export { fitSmote, type SmoteOptions } from './makers/smote.js';
// Reports.
export { type ModelCardOptions, modelCard } from './report/model-card.js';
export { type ReportOptions, reportPage } from './report/page.js';
export type { Facts } from './report/sections/summary.js';
export { version } from './version.js';

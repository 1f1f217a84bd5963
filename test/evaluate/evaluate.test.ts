import type { Field, RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../src/data/batches/batch.js';
import { concatenateBatches, sliceBatch } from '../../src/data/batches/interleave.js';
import { buildNulls } from '../../src/encode/columns/null-column.js';
import { GanAugmentError } from '../../src/errors.js';
import { evaluate } from '../../src/evaluate/evaluate.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import type { Model } from '../../src/gan/model/model.js';
import { allTypes, arbitraryBatches, asyncFrom } from '../data/support/arbitrary-batches.js';
import { products } from '../gan/families/products.js';
import { imagesTable } from '../gan/families/tensor/images-table.js';
import { expectedBatches } from './expected/tables.js';
import { select, stripesTable } from './image/stripes-table.js';

const [real, synthetic, holdout] = await Promise.all([
  expectedBatches('real'),
  expectedBatches('synthetic'),
  expectedBatches('holdout'),
]);
const linear = { holdout, target: 'label', model: 'linear' } as const;

describe('evaluate', () => {
  it('should give the same plain report from a stream as from memory', async () => {
    const streamed = { ...linear, holdout: asyncFrom(holdout) };

    const first = await evaluate(real, synthetic, linear);
    const second = await evaluate(asyncFrom(real), asyncFrom(synthetic), streamed);

    expect(second).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  it('should say how models treat groups, where that is asked for', async () => {
    const { findings, utility } = await evaluate(real, synthetic, { ...linear, fairness: 'city' });

    const { fairness } = utility ?? {};
    expect(fairness).toMatchObject({ column: 'city', positive: 'yes' });
    expect(fairness?.trainedOn.augmented.groups.length).toBeGreaterThan(1);
    expect(findings.at(-1)).toMatch(
      /^Groups of 'city' are taken for 'yes' in shares that differ by up to 0\.\d{3} by a model of real rows/,
    );
  });

  it('should refuse groups without a target, or of what is none', async () => {
    const without = evaluate(real, synthetic, { holdout, fairness: 'city' });
    const numbers = evaluate(real, synthetic, { ...linear, fairness: 'price' });

    await expect(without).rejects.toThrow('Name a target and give held-out rows');
    await expect(numbers).rejects.toThrow('holds numbers, which are no groups');
  });

  it('should say that copies are copies, and that they do not help', async () => {
    const { findings, utility, privacy } = await evaluate(real, real, linear);

    expect(privacy.newRows.copies).toBe(400);
    expect(findings.join('\n')).toContain('400 of the synthetic rows are equal to a real row');
    expect(findings.join('\n')).toContain('rows were learned by heart');
    expect(findings.join('\n')).toContain('Which rows were learned can be told:');
    expect(findings.join('\n')).toContain('the synthetic rows disclose cells');
    expect(privacy.attacks?.membership.distance.auc.value).toBe(1);
    expect(utility?.verdict).not.toBe('helps');
  });

  it('should not call rows equal in what it has not compared', async () => {
    const images = [imagesTable(30)];

    const { findings } = await evaluate(images, images, { columns: { image: 'ignore' } });

    expect(findings.join('\n')).toContain("Column 'image' was not compared");
    expect(findings.join('\n')).toContain('a real row in every column that was compared.');
  });

  it('should compare the texts of a column as texts, beside the other columns or alone', async () => {
    const [first, second, third] = [1, 2, 3].map((seed) => products(200, seed)) as [
      RecordBatch,
      RecordBatch,
      RecordBatch,
    ];
    const columns = { price: 'ignore', category: 'ignore' } as const;

    const beside = await evaluate(first, second, { holdout: third });
    const alone = await evaluate(first, first, { holdout: third, columns });

    expect(beside.texts).toMatchObject([{ column: 'title', against: 'holdout' }]);
    expect(beside.ignored).toEqual([]);
    expect(beside.quality.columns.map(({ column }) => column)).toEqual(['category', 'price']);
    expect(alone.texts[0]?.synthetic.copies).toBe(1);
    expect(alone.privacy.newRows.copies).toBe(200);
    expect(alone.privacy.distances.holdout?.closerToReal).toBeGreaterThan(0.6);
    expect(alone.findings.join('\n')).toContain("synthetic texts of 'title' 100.0 % are equal");
  });

  it('should compare no texts where none were made', async () => {
    const real = products(200);
    const [place, field] = [0, real.schema.fields[0] as Field];
    const children = real.data.children.with(place, buildNulls(field.type, 200));
    const without = makeBatch(real.schema, children, 200);

    const { texts, ignored } = await evaluate(real, without);

    expect(texts).toEqual([]);
    expect(ignored).toEqual([{ name: 'title', reason: 'names rows' }]);
  });

  it('should refuse a translation without held-out rows, and a segmenter without a translation', async () => {
    const model = { manifest: {} } as Model;

    await expect(evaluate(real, synthetic, { translation: model })).rejects.toThrow(
      /'translation' needs held-out real rows.*Give holdout/,
    );
    await expect(evaluate(real, synthetic, { holdout, segmenter: model })).rejects.toThrow(
      /'segmenter'.*Give translation/,
    );
  });

  it('should refuse a model that does not translate before anything is measured', async () => {
    const [batch] = real as [RecordBatch];
    const fit = { recipe: 'bootstrap', thread: 'caller' } as const;
    const translation = await fitModel(batch.schema, real, fit);
    const parts: string[] = [];
    const options = { holdout, translation, onPart: (part: string) => parts.push(part) };

    await expect(evaluate(real, synthetic, options)).rejects.toThrow(/makes rows from noise/);

    expect(parts.at(-1)).toBe('what is made of held-out rows, beside their truth');
  });

  it('should find images of one kind alike, and useful', async () => {
    const parts: string[] = [];
    const onPart = (part: string) => parts.push(part);
    const options = { holdout: stripesTable(150, 3), target: 'label', trainings: 1, onPart };

    const found = await evaluate(stripesTable(150, 1), stripesTable(150, 2), options);

    const { images, detection, privacy, utility, findings } = found;
    expect(images).toMatchObject({ column: 'image', features: 'classifier', images: 150 });
    expect(images?.classes).toEqual({ ganTest: 1, found: 3, classes: 3 });
    expect(images?.synthetic.recall).toBeGreaterThan(0.7);
    expect(images?.real?.recall).toBeGreaterThan(0.7);
    expect(detection.cnn?.score).toBeGreaterThan(0.7);
    expect(privacy.newRows.copies).toBe(0);
    expect(privacy.distances.holdout?.closerToReal).toBeCloseTo(0.5, 0);
    expect(utility).toMatchObject({ model: 'cnn', verdict: 'no clear difference' });
    expect(utility?.trainedOn.synthetic.accuracy?.mean).toBe(1);
    expect(parts).toContain('what cnn learns of synthetic rows, 1 of 1');
    expect(findings[0]).toMatch(/^Of 150 synthetic images of 'image' \d+\.\d % lie among held-out/);
  });

  it('should see that images are few again and again, and learned by heart', async () => {
    const real = stripesTable(120, 1);
    const few = sliceBatch(real, 0, 4);
    const synthetic = concatenateBatches(
      few.schema,
      Array.from({ length: 30 }, () => few),
    );
    const images = (batch: RecordBatch) => select(batch, 'image');

    const found = await evaluate(images(real), images(synthetic), {
      holdout: images(stripesTable(120, 3)),
    });

    expect(found.images).toMatchObject({ features: 'random convolutions', classes: null });
    expect(found.images?.synthetic.recall).toBeLessThan(0.1);
    expect(found.images?.real?.recall).toBeGreaterThan(0.7);
    expect(found.detection.cnn?.score).toBeLessThan(0.2);
    expect(found.privacy.newRows.copies).toBe(120);
    const said = found.findings.join('\n');
    expect(said).toContain('120 of the synthetic rows are equal to a real row in every column');
    expect(said).toContain('rows were learned by heart');
    expect(said).not.toContain('Quality');
  });

  it('should compare images whose labels are all the same without a classifier', async () => {
    const [real, synthetic] = [1, 2].map((seed) => stripesTable(30, seed, { classes: 1 }));

    const { images, utility } = await evaluate([real as RecordBatch], [synthetic as RecordBatch], {
      target: 'label',
    });

    expect(images).toMatchObject({ features: 'random convolutions', classes: null, real: null });
    expect(utility).toBeNull();
  });

  it('should draw no more rows than it may, and say so', async () => {
    const { rows } = await evaluate(real, synthetic, { rows: 100 });

    expect(rows).toEqual({
      real: { total: 400, drawn: 100 },
      synthetic: { total: 300, drawn: 100 },
      holdout: null,
    });
  });

  it('should evaluate whatever can be compared, and refuse the rest', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryBatches(allTypes, { minColumns: 1 }),
        fc.boolean(),
        async (batches, isHeld) => {
          try {
            const report = await evaluate(batches, batches, isHeld ? { holdout: batches } : {});

            expect(JSON.parse(JSON.stringify(report))).toEqual(report);
          } catch (error) {
            expect(error).toBeInstanceOf(GanAugmentError);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('should end when it is told to', async () => {
    const controller = new AbortController();
    const evaluation = evaluate(real, synthetic, { ...linear, signal: controller.signal });

    controller.abort(new Error('enough'));

    await expect(evaluation).rejects.toThrow('enough');
  });
});

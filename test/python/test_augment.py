import unittest

import pyarrow as pa
import pyarrow.compute

import gan_augment
from gan_augment import augment
from support import model, numbered, penguins, real_rows, rows_of


def table_of(batches):
    return pa.Table.from_batches(list(batches))


class Augment(unittest.TestCase):
    def test_mixes_in_rows_and_keeps_the_real_ones(self):
        table = penguins()

        made = table_of(augment(table, model=model, ratio=0.3, mark="is_synthetic"))

        self.assertEqual(made.num_rows, 344 + 147)
        self.assertEqual(real_rows(made).to_pylist(), table.to_pylist())
        self.assertEqual(made.schema.names, [*table.schema.names, "is_synthetic"])

    def test_gives_a_partition_the_same_rows_each_time(self):
        table = penguins()

        made = [
            table_of(augment(table, model=model, ratio=0.3, seed=7, partition=number))
            for number in (1, 2, 1)
        ]

        self.assertTrue(made[0].equals(made[2]))
        self.assertFalse(made[0].equals(made[1]))

    def test_is_exact_over_the_whole_where_the_rows_before_are_known(self):
        table = penguins()
        # Three rows owe one synthetic row and two sevenths: each part alone rounds that down.
        sizes = [3] * 50
        starts = [sum(sizes[:part]) for part in range(len(sizes))]
        parts = [
            table.slice(start, size).combine_chunks() for start, size in zip(starts, sizes)
        ]

        def count(exact):
            return sum(
                rows_of(
                    augment(
                        part,
                        model=model,
                        ratio=0.3,
                        partition=number,
                        rows_before=starts[number] if exact else None,
                    )
                )
                for number, part in enumerate(parts)
            ) - sum(sizes)

        self.assertEqual(count(exact=True), 150 * 3 // 7)
        self.assertEqual(count(exact=False), 50 * (3 * 3 // 7))

    def test_takes_batches_one_at_a_time_and_holds_few(self):
        batch = numbered(20_000).to_batches()[0]
        taken = 0

        def source():
            nonlocal taken
            for _ in range(100):
                taken += 1
                yield batch

        made = augment(source(), model=model, ratio=0.1)
        self.assertEqual(taken, 0)
        next(made)

        # 20,000 penguins are about a MiB, and the pipes, queues and processes hold a few.
        self.assertLess(taken, 60)
        made.close()

    def test_passes_a_long_stream_whole(self):
        batch = numbered(5_000).to_batches()[0]

        rows = rows_of(augment((batch for _ in range(40)), model=model, ratio=0.5))

        self.assertEqual(rows, 400_000)

    def test_gives_no_batches_for_none_and_one_without_rows_for_no_rows(self):
        empty = penguins().schema.empty_table().to_batches() or [
            pa.RecordBatch.from_pylist([], penguins().schema)
        ]

        self.assertEqual(list(augment([], model=model, ratio=0.3)), [])
        self.assertEqual(rows_of(augment(empty, model=model, ratio=0.3)), 0)

    def test_replaces_rows_where_asked(self):
        made = table_of(
            augment(penguins(), model=model, ratio=0.25, mode="replace", mark="is_synthetic")
        )

        self.assertEqual(made.num_rows, 344)
        self.assertEqual(pa.compute.sum(made["is_synthetic"]).as_py(), 86)


class Refusals(unittest.TestCase):
    def check(self, error, message, table=None, **options):
        given = {"model": model, "ratio": 0.3, **options}
        with self.assertRaisesRegex(error, message) as caught:
            list(augment(penguins() if table is None else table, **given))
        return caught.exception

    def test_have_a_class_and_a_code_each(self):
        error = self.check(gan_augment.InvalidOptionError, "ratio must be", ratio=2)
        self.assertEqual(error.code, "INVALID_OPTION")
        self.assertIsInstance(error, ValueError)
        self.check(gan_augment.SchemaError, "'sex'", mark="sex")
        self.check(gan_augment.ModelError, "no saved model", model="missing")
        other = pa.table({"x": [1, 2, 3]})
        self.check(gan_augment.SchemaError, "other columns", other)

    def test_name_a_batch_of_other_columns_or_none(self):
        table = penguins()
        other = table.rename_columns(["x", *table.schema.names[1:]])
        batches = [*table.to_batches(), *other.to_batches()]
        self.check(gan_augment.SchemaError, "x: .* and not .*species", batches)
        self.check(gan_augment.DataError, "pyarrow.RecordBatch: dict", [{}])

    def test_survive_a_pickle(self):
        import pickle

        error = pickle.loads(pickle.dumps(gan_augment.FileError("disk on fire", "FILE")))
        self.assertEqual((str(error), error.code), ("disk on fire", "FILE"))


if __name__ == "__main__":
    unittest.main()

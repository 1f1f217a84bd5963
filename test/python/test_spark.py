import unittest
from collections import Counter

import pyarrow as pa
import pyarrow.parquet
from pyspark.sql import SparkSession

import gan_augment
from gan_augment import spark as gan
from support import folder, numbered


class Spark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = (
            SparkSession.builder.master("local[2,2]")
            .appName("gan-augment tests")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate()
        )
        cls.session.sparkContext.setLogLevel("OFF")
        cls.folder = folder()
        path = cls.folder.__enter__()
        # Rows that differ, so that a lost or changed one is seen.
        table = numbered(2_000).append_column("number", pa.array(range(2_000), pa.int64()))
        pa.parquet.write_table(table, path / "data.parquet")
        cls.rows = Counter(map(_key, table.to_pylist()))
        cls.data = cls.session.read.parquet(str(path / "data.parquet")).repartition(5, "number")
        cls.data = cls.data.persist()
        cls.data.count()
        cls.model = str(path / "model")
        gan_augment.train(gan.draw_sample(cls.data, 300, target="sex"), cls.model, steps=2)
        cls.shipped = gan.ship_model(cls.session, cls.model)

    @classmethod
    def tearDownClass(cls):
        cls.session.stop()
        cls.folder.__exit__(None, None, None)

    def augmented(self, data=None, **options):
        given = {"model": self.shipped, "ratio": 0.3, "mark": "is_synthetic", **options}
        return gan.map_in_arrow(self.data if data is None else data, **given)

    def test_draws_a_sample_by_the_target(self):
        sample = gan.draw_sample(self.data, 500, target="sex", seed=1)
        again = gan.draw_sample(self.data, 500, target="sex", seed=1)
        plain = gan.draw_sample(self.data, 100)

        all_of = Counter(row["sex"] for row in self.data.select("sex").collect())
        self.assertEqual((sample.num_rows, plain.num_rows), (500, 100))
        for level, count in Counter(sample["sex"].to_pylist()).items():
            self.assertLessEqual(abs(count - 500 * all_of[level] / 2_000), 1)
        self.assertTrue(sample.equals(again))
        self.assertEqual(gan.draw_sample(self.data, 5_000).num_rows, 2_000)

    def test_keeps_all_real_rows_and_each_partition_its_share(self):
        rows = self.augmented().collect()

        real = Counter(_key(row.asDict()) for row in rows if not row["is_synthetic"])
        sizes = self.data.rdd.glom().map(len).collect()
        self.assertEqual(real, self.rows)
        self.assertEqual(len(rows) - 2_000, sum(size * 3 // 7 for size in sizes))

    def test_is_exact_over_the_whole_where_asked(self):
        data = self.data.repartition(16, "species", "number").persist()
        data.count()

        exact = self.augmented(data, exact=True).where("is_synthetic").count()
        alone = self.augmented(data).where("is_synthetic").count()

        self.assertEqual(exact, 2_000 * 3 // 7)
        self.assertTrue(exact - 16 < alone <= exact)

    def test_gives_the_same_rows_each_time_and_when_tasks_are_tried_again(self):
        from pyspark import TaskContext

        def fail_once(batches):
            # An attempt that fails in the middle, after rows have gone out.
            attempt = TaskContext.get().attemptNumber()
            for batch in batches:
                yield batch
                if attempt == 0:
                    raise RuntimeError("fails once")

        first = self.augmented().collect()
        flaky = self.data.mapInArrow(fail_once, self.data.schema)
        retried = self.augmented(flaky).collect()

        self.assertEqual(Counter(map(str, retried)), Counter(map(str, first)))

    def test_raises_what_the_process_says(self):
        task = gan._Task(self.shipped, {"ratio": 0.3, "mark": "sex"}, None)

        with self.assertRaisesRegex(Exception, "SchemaError.*'sex' exists already"):
            self.data.mapInArrow(task, self.data.schema).collect()
        with self.assertRaisesRegex(gan_augment.InvalidOptionError, "known by Spark"):
            self.augmented(partition=1)

    def test_notices_partitions_that_are_not_those_that_were_counted(self):
        task = gan._Task(self.model, {"ratio": 0.3}, {0: (0, 10)})
        changed = self.data.coalesce(1).mapInArrow(task, self.data.schema)

        with self.assertRaisesRegex(Exception, "DataError.*had 10 rows when it was counted"):
            changed.collect()


def _key(row):
    return tuple(row[name] for name in sorted(row) if name != "is_synthetic")


if __name__ == "__main__":
    unittest.main()

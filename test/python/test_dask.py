import unittest

import dask
import dask.dataframe
import pandas

from gan_augment.dask import augment_dataframe
from support import model, numbered


class Dask(unittest.TestCase):
    def test_augments_each_partition_and_the_same_each_time(self):
        table = numbered(300)
        frame = table.to_pandas()
        data = dask.dataframe.from_pandas(frame, npartitions=3)
        sizes = [len(part) for part in dask.compute(*data.to_delayed())]

        made = augment_dataframe(
            data, schema=table.schema, model=model, ratio=0.3, mark="is_synthetic"
        )

        with dask.config.set(scheduler="threads", num_workers=2):
            first, second = made.compute(), made.compute()
        real = first[~first["is_synthetic"]].drop(columns="is_synthetic")
        pandas.testing.assert_frame_equal(first, second)
        pandas.testing.assert_frame_equal(
            real.reset_index(drop=True), frame, check_dtype=False
        )
        self.assertEqual(len(first), 300 + sum(size * 3 // 7 for size in sizes))
        self.assertEqual(list(made.columns), list(first.columns))


if __name__ == "__main__":
    unittest.main()

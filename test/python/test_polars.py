import unittest

import polars
from polars.testing import assert_frame_equal

import gan_augment
from gan_augment.polars import augment_frame, record_batches
from support import folder, penguins


class Polars(unittest.TestCase):
    def test_augments_frames_lazy_or_not(self):
        frame = polars.from_arrow(penguins())
        with folder() as path:
            frame.write_parquet(path / "data.parquet")
            lazy = polars.scan_parquet(path / "data.parquet")
            model = str(path / "model")
            gan_augment.train(record_batches(lazy), model, steps=2)

            made = [
                polars.concat(augment_frame(each, model=model, ratio=0.3, mark="is_synthetic"))
                for each in (frame, lazy)
            ]

        real = made[0].filter(~polars.col("is_synthetic")).drop("is_synthetic")
        self.assertEqual(made[0].height, 344 + 147)
        assert_frame_equal(made[0], made[1])
        assert_frame_equal(real, frame)


if __name__ == "__main__":
    unittest.main()

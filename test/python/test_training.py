import unittest
from collections import Counter

import pyarrow as pa

import gan_augment
from gan_augment.stratify import share_out, take_shares
from support import folder, penguins, rows_of


class Train(unittest.TestCase):
    def test_makes_a_model_that_augment_takes(self):
        with folder() as path:
            about = gan_augment.train(penguins(), str(path / "model"), target="species", steps=2)
            rows = rows_of(gan_augment.augment(penguins(), model=str(path / "model"), ratio=0.5))

        self.assertEqual(about["rows"], 344)
        self.assertEqual(rows, 688)

    def test_says_what_is_refused(self):
        with folder() as path:
            with self.assertRaisesRegex(gan_augment.InvalidOptionError, "nix"):
                gan_augment.train(penguins(), str(path / "model"), target="nix", steps=2)
            self.assertFalse((path / "model").exists())
        with self.assertRaisesRegex(gan_augment.DataError, "no batch"):
            gan_augment.train([], "model")


class Stratify(unittest.TestCase):
    def test_shares_out_to_one_row_and_gives_each_level_one(self):
        counts = {"a": 900, "b": 95, "c": 4, None: 1}

        shares = share_out(counts, 100)

        self.assertEqual(shares, {"a": 89, "b": 9, "c": 1, None: 1})
        self.assertEqual(sum(share_out({"a": 50, "b": 50}, 7).values()), 7)

    def test_takes_just_these_in_the_order_of_the_data(self):
        table = pa.table({"x": list(range(100)), "level": ["a"] * 60 + ["b"] * 40})

        taken = take_shares(table, "level", {"a": 6, "b": 4}, seed=1)

        self.assertEqual(Counter(taken["level"].to_pylist()), {"a": 6, "b": 4})
        self.assertEqual(taken["x"].to_pylist(), sorted(taken["x"].to_pylist()))
        self.assertTrue(taken.equals(take_shares(table, "level", {"a": 6, "b": 4}, seed=1)))
        self.assertFalse(taken.equals(take_shares(table, "level", {"a": 6, "b": 4}, seed=2)))


if __name__ == "__main__":
    unittest.main()

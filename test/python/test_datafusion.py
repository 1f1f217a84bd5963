import unittest

import datafusion
import pyarrow as pa

from gan_augment.datafusion import augment_partitions
from support import model, numbered, real_rows


class DataFusion(unittest.TestCase):
    def test_augments_each_partition(self):
        tables = [numbered(rows) for rows in (70, 141)]
        context = datafusion.SessionContext()
        context.register_record_batches("t", [table.to_batches() for table in tables])

        partitions = augment_partitions(
            context.table("t"), model=model, ratio=0.3, mark="is_synthetic"
        )
        made = [pa.Table.from_batches(list(batches)) for batches in partitions]

        self.assertEqual(sorted(table.num_rows for table in made), [70 + 30, 141 + 60])
        real = real_rows(pa.concat_tables(made)).to_pylist()
        wanted = pa.concat_tables(tables).to_pylist()
        self.assertEqual(sorted(map(str, real)), sorted(map(str, wanted)))


if __name__ == "__main__":
    unittest.main()

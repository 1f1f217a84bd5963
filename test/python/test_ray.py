import os
import unittest

import pyarrow as pa
import ray

from gan_augment.ray import augment_dataset
from support import model, numbered, real_rows


class Ray(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        variables = {name: os.environ[name] for name in ("GAN_AUGMENT", "PYTHONPATH")}
        ray.init(
            num_cpus=2,
            include_dashboard=False,
            log_to_driver=False,
            runtime_env={"env_vars": variables},
            _node_ip_address="127.0.0.1",
        )

    @classmethod
    def tearDownClass(cls):
        ray.shutdown()

    def test_augments_each_block_and_the_same_each_time(self):
        tables = [numbered(rows) for rows in (70, 71, 140)]
        dataset = ray.data.from_arrow(tables)

        made = [
            pa.concat_tables(
                ray.get(
                    augment_dataset(
                        dataset, model=model, ratio=0.3, mark="is_synthetic"
                    ).to_arrow_refs()
                )
            )
            for _ in range(2)
        ]

        self.assertEqual(made[0].num_rows, 281 + 30 + 30 + 60)
        self.assertTrue(made[0].equals(made[1]))
        self.assertEqual(
            real_rows(made[0]).to_pylist(), pa.concat_tables(tables).to_pylist()
        )


if __name__ == "__main__":
    unittest.main()

import os
import stat
import unittest
from pathlib import Path

import gan_augment
from gan_augment.binary import find_command
from support import environment, folder


def program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


class FindCommand(unittest.TestCase):
    def setUp(self):
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        context = folder()
        self.folder = context.__enter__().resolve()
        self.addCleanup(context.__exit__, None, None, None)
        os.chdir(self.folder)

    def test_takes_the_variable_first_with_its_arguments(self):
        program(self.folder / "node_modules/.bin/gan-augment")
        path = program(self.folder / "with blank")

        with environment(GAN_AUGMENT="sh main.js --flag"):
            self.assertEqual(find_command(), ["sh", "main.js", "--flag"])
        with environment(GAN_AUGMENT=path):
            self.assertEqual(find_command(), [path])

    def test_refuses_a_variable_that_names_no_program(self):
        with environment(GAN_AUGMENT="no-such-program x"):
            with self.assertRaisesRegex(gan_augment.BinaryNotFoundError, "no-such-program x"):
                find_command()

    def test_looks_in_node_modules_above_and_then_on_the_path(self):
        deep = self.folder / "a/b"
        deep.mkdir(parents=True)
        os.chdir(deep)
        on_path = program(self.folder / "bin/gan-augment")
        with environment(GAN_AUGMENT=None, PATH=str(self.folder / "bin")):
            self.assertEqual(find_command(), [on_path])
            local = program(self.folder / "node_modules/.bin/gan-augment")
            self.assertEqual(find_command(), [local])

    def test_asks_npx_without_installing(self):
        npx = program(self.folder / "bin/npx")
        with environment(GAN_AUGMENT=None, PATH=str(self.folder / "bin")):
            Path(npx).write_text("#!/bin/sh\n[ \"$*\" = '--no gan-augment --version' ]\n")
            self.assertEqual(find_command(), [npx, "--no", "gan-augment"])

    def test_says_how_to_get_it(self):
        with environment(GAN_AUGMENT=None, PATH=str(self.folder)):
            with self.assertRaisesRegex(gan_augment.BinaryNotFoundError, "npm install --global"):
                find_command()


if __name__ == "__main__":
    unittest.main()

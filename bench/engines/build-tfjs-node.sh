#!/usr/bin/env bash
# Builds the native addon of @tensorflow/tfjs-node (or -gpu) from the package's own sources, against
# the libtensorflow inside a PyPI wheel, and trains on it. To be run by hand, on Linux x64 with gcc,
# make, Python 3.8 or newer and pip:
#
#   bash bench/engines/build-tfjs-node.sh FOLDER [tfjs-node|tfjs-node-gpu] [WHEEL]
#
# The release in out/release is used, or made. NODES='node24 node26' trains on other Node.js too, each the
# path of a binary.
#
# FOLDER is a scratch folder: the wheel, the packages and this package are put there, some 3 GB.
# WHEEL is what pip downloads, by default tensorflow-cpu==2.15.1, or tensorflow==2.15.1 for the GPU.
set -euo pipefail

folder=${1:?usage: build-tfjs-node.sh FOLDER [tfjs-node|tfjs-node-gpu] [WHEEL]}
name=${2:-tfjs-node}
case $name in
  tfjs-node) wheel=${3:-tensorflow-cpu==2.15.1} ;;
  tfjs-node-gpu) wheel=${3:-tensorflow==2.15.1} ;;
  *) echo "unknown package: $name" >&2; exit 2 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
version=$(node -p "require('$repository/package.json').peerDependencies['@tensorflow/$name'].replace(/[^0-9.]/g, '')")
mkdir -p "$folder"
cd "$folder"

echo "1. gan-augment and @tensorflow/$name $version, without install scripts" >&2
[ -f package.json ] || echo '{ "private": true, "type": "module" }' >package.json
release=$repository/out/release
compgen -G "$release/gan-augment-[0-9]*.tgz" >/dev/null ||
  (cd "$repository" && npm run release --silent -- --here >/dev/null)
npm install --silent --no-audit --ignore-scripts apache-arrow rxjs "$release"/gan-augment-[0-9]*.tgz \
  "$release"/gan-augment-onnxruntime-linux-x64-*.tgz "$release"/gan-augment-onnxruntime-wasm-*.tgz \
  "@tensorflow/$name@$version" node-gyp

echo "2. libtensorflow and its headers from $wheel" >&2
addon=$PWD/node_modules/@tensorflow/$name
if [ ! -e "$addon/deps/lib/libtensorflow.so" ]; then
  python3 -m pip download --quiet --no-deps --only-binary :all: --python-version 3.11 \
    --dest "wheel-$name" "$wheel"
  python3 - "wheel-$name" "$addon/deps" <<'EXTRACT'
import pathlib, shutil, sys, zipfile
[archive] = pathlib.Path(sys.argv[1]).glob("*.whl")
deps = pathlib.Path(sys.argv[2])
with zipfile.ZipFile(archive) as wheel:
    for entry in wheel.namelist():
        if entry.startswith("tensorflow/include/"):
            target = deps / "include" / entry.removeprefix("tensorflow/include/")
        elif entry.startswith("tensorflow/libtensorflow"):
            target = deps / "lib" / pathlib.Path(entry).name
        else:
            continue
        if not entry.endswith("/"):
            target.parent.mkdir(parents=True, exist_ok=True)
            with wheel.open(entry) as source, target.open("wb") as sink:
                shutil.copyfileobj(source, sink)
EXTRACT
  # The names that the addon is linked with; the wheel's C++ library holds the C interface too.
  ln -sf libtensorflow_cc.so.2 "$addon/deps/lib/libtensorflow.so"
  ln -sf libtensorflow_framework.so.2 "$addon/deps/lib/libtensorflow_framework.so"
fi

echo "3. the addon" >&2
prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
headers=()
[ -d "$prefix/include/node" ] && headers=("--nodedir=$prefix")
api=8
module=$addon/lib/napi-v$api
(cd "$addon" && "$OLDPWD/node_modules/.bin/node-gyp" rebuild --silent "${headers[@]}" \
  --napi_build_version=$api --module_name=tfjs_binding --module_path="$module" >&2)

echo "4. training on it" >&2
cp "$here/train-on-tfjs-node.mjs" "$repository/fixtures/penguins.parquet" .
for binary in node ${NODES:-}; do
  echo "Node.js $("$binary" --version)"
  "$binary" train-on-tfjs-node.mjs "$name"
done

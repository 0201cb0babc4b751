#!/bin/sh
# Makes the folder that is the image: limbeck and Watcher, built, with the packages that they need at run time and no
# others. The Dockerfile runs it, and so does the test of the image, where no container can run.
#
#   deploy/image/build.sh TARGET      TARGET is a new folder; the sources are the checkout that this script is in
set -eu

target=${1:?the folder to make}
source=$(cd "$(dirname "$0")/../.." && pwd)
cd "$source"

# A checkout that is built already, as in CI, is taken as it is.
if [ ! -e apps/watcher/dist/main.js ] || [ ! -e apps/watcher-ui/dist/index.html ] || [ ! -e packages/limbeck/dist/bin/limbeck.cjs ]; then
  npm ci --ignore-scripts
  npm run build
fi

mkdir -p "$target"
cp package.json package-lock.json .npmrc "$target"
for house in packages/limbeck packages/testkit apps/watcher apps/watcher-ui; do
  mkdir -p "$target/$house"
  cp "$house/package.json" "$target/$house"
done
cp -R packages/limbeck/bin packages/limbeck/dist "$target/packages/limbeck"
cp -R apps/watcher/bin apps/watcher/dist apps/watcher/migrations apps/watcher/limbeck.config.ts "$target/apps/watcher"
cp -R apps/watcher-ui/door.js apps/watcher-ui/dist "$target/apps/watcher-ui"
# `limbeck check` compares the database with the target schema.
mkdir -p "$target/apps/watcher/src"
cp -R apps/watcher/src/schema "$target/apps/watcher/src"
cp deploy/image/health.mjs "$target"

cd "$target"
npm ci --prefer-offline --ignore-scripts --omit=dev --omit=optional --workspace limbeck --workspace watcher
# Nothing at run time reads these.
rm -rf packages/testkit node_modules/testkit node_modules/.package-lock.json package-lock.json .npmrc
find packages apps -name '*.d.ts' -delete
find packages apps -name '*.tsbuildinfo' -delete

mkdir bin
ln -s ../packages/limbeck/bin/limbeck.cjs bin/limbeck
ln -s ../apps/watcher/bin/watcher.cjs bin/watcher
chmod -R a+rX,go-w .

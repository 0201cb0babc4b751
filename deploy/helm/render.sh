#!/bin/sh
# Renders the chart for each of the cases, with Go's own templates: `npm run helm`. Where Go is missing it comes from
# Debian's packages (530 MB). apps/watcher/test/helm.test.ts fails when what is written here is not of the chart as it is.
set -eu
cd "$(dirname "$0")"

if ! command -v go >/dev/null || [ ! -d /usr/share/gocode/src/sigs.k8s.io/yaml ]; then
  apt-get install -y --no-install-recommends golang-go golang-github-masterminds-sprig-dev golang-k8s-sigs-yaml-dev
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
GO111MODULE=off GOPATH=/usr/share/gocode go build -o "$work/render" ./render/main.go
for case in cases/*.yaml; do
  "$work/render" watcher watcher "$case" >"${1:-rendered}/$(basename "$case")"
done
find watcher cases render -type f | LC_ALL=C sort | xargs sha256sum >"${1:-rendered}/inputs.sha256"

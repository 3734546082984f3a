#!/bin/sh
# Builds the client for browsers and puts it where the server embeds it:
#
#   browser.sh VERSION
#
# BROTLI=5 takes seconds instead of minutes, for tests; what is handed out is
# built with the usual 11. Nothing is compressed anew where the program is the
# same as before.
set -eu
version=${1:-unknown}
cd "$(dirname "$0")/.."
go=${GO:-go}
into=server/internal/browser/files
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "client for browsers (the first time takes some minutes)"
# The toolkit's picture letters are 4 MB that no screen of ours needs.
GOOS=js GOARCH=wasm $go build -trimpath -tags no_emoji -ldflags "-s -w -X main.version=$version" -o "$work/phonghop.wasm" ./client

hash=$(sha256sum "$work/phonghop.wasm" | cut -d' ' -f1)
if grep -s "$hash" "$into/built.json" | grep -q "\"quality\":${BROTLI:-11}}"; then
    echo "unchanged"
    exit 0
fi

runtime=$($go env GOROOT)/lib/wasm/wasm_exec.js
[ -f "$runtime" ] || runtime=$($go env GOROOT)/misc/wasm/wasm_exec.js
$go run ./packaging/browser -quality "${BROTLI:-11}" "$work/phonghop.wasm" "$runtime" "$into"

#!/bin/sh
# Builds the client for browsers and puts it where the server embeds it:
#
#   browser.sh VERSION
#
# BROTLI=5 takes seconds instead of minutes, for tests; what is handed out is
# built with the usual 11. INTO is another folder to put it in. Nothing is compressed anew where the program is the
# same as before.
set -eu
version=${1:-unknown}
cd "$(dirname "$0")/.."
go=${GO:-go}
into=${INTO:-server/internal/browser/files}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "client for browsers (the first time takes some minutes)"
GO=$go packaging/toolkit.sh "$work/go.mod"
GOOS=js GOARCH=wasm $go build -trimpath -modfile "$work/go.mod" -tags no_emoji,no_metadata \
    -ldflags "-s -w -X main.version=$version" -o "$work/phonghop.wasm" ./client

hash=$(sha256sum "$work/phonghop.wasm" | cut -d' ' -f1)
if grep -s "$hash" "$into/built.json" | grep -q "\"quality\":${BROTLI:-11}}"; then
    echo "unchanged"
    exit 0
fi

runtime=$($go env GOROOT)/lib/wasm/wasm_exec.js
[ -f "$runtime" ] || runtime=$($go env GOROOT)/misc/wasm/wasm_exec.js
$go run ./packaging/browser -quality "${BROTLI:-11}" "$work/phonghop.wasm" "$runtime" "$into"

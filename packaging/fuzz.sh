#!/bin/sh
# Runs every fuzz target for a time (Go's form: 10s, 5m), one after the other,
# and tells at the end which of them did not pass.
set -eu
time=${1:-10s}
go=${GO:-go}
cd "$(dirname "$0")/.."

count=0
failed=''
for folder in $($go list ./... | packaging/with-tests.sh Fuzz); do
    for target in $(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$folder"/*_test.go); do
        count=$((count + 1))
        echo "== $folder $target"
        if ! $go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$folder"; then
            failed="$failed $folder:$target"
        fi
    done
done

if [ "$count" -eq 0 ]; then
    echo "No fuzz target was found." >&2
    exit 1
fi
if [ -n "$failed" ]; then
    echo "These of the $count fuzz targets did not pass, see above:$failed" >&2
    exit 1
fi
echo "$count fuzz targets, $time each: all pass."

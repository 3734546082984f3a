#!/bin/sh
# Runs every fuzz target for a time (Go's form: 10s, 5m), one after the other,
# and tells at the end which of them did not pass.
set -eu
time=${1:-10s}
go=${GO:-go}
cd "$(dirname "$0")/.."

said=$(mktemp)
trap 'rm -f "$said"' EXIT

# fuzzed runs a target. Up to 1.26, Go sometimes takes the end of the time for a failure (golang/go#75804); that is no finding,
# there is no input to it, and the target runs again.
fuzzed() {
    for try in 1 2 3; do
        { $go test -run '^$' -fuzz "^$2\$" -fuzztime "$time" "$1" 2>&1 && echo 0 || echo 1; } | tee "$said" | sed '$d'
        if [ "$(tail -n 1 "$said")" = 0 ]; then
            return 0
        fi
        if grep -q 'Failing input' "$said" || ! grep -q '^ *context deadline exceeded$' "$said"; then
            return 1
        fi
        echo "(the end of the time was taken for a failure: try $try)"
    done
    return 1
}

count=0
failed=''
for folder in $($go list ./... | packaging/with-tests.sh Fuzz); do
    for target in $(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$folder"/*_test.go); do
        count=$((count + 1))
        echo "== $folder $target"
        if ! fuzzed "$folder" "$target"; then
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

#!/bin/sh
# Reads import paths of packages of this module, and prints the folders of
# those that have test functions of a kind (Benchmark, Fuzz).
set -eu
kind=$1
module=$(sed -n 's/^module //p' go.mod)
while read -r package; do
    folder=.${package#"$module"}
    if grep -qs "^func ${kind}[A-Z]" "$folder"/*_test.go; then
        echo "$folder"
    fi
done

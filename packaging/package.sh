#!/bin/sh
# Builds what is handed out:
#
#   package.sh VERSION FOLDER
#
# The client for browsers, and with it the server for every system it runs on,
# from any machine; and the client of this machine's system (it needs that
# system's C libraries).
set -eu
version=${1:-unknown}
cd "$(dirname "$0")/.."
dist=${2:-./dist}
go=${GO:-go}
flags="-s -w -X main.version=$version"

mkdir -p "$dist"
GO=$go packaging/browser.sh "$version"
for system in linux/amd64 linux/arm64 windows/amd64 darwin/arm64; do
    os=${system%/*}
    arch=${system#*/}
    suffix=''
    [ "$os" != windows ] || suffix=.exe
    echo "server for $system"
    CGO_ENABLED=0 GOOS=$os GOARCH=$arch $go build -trimpath -ldflags "$flags" \
        -o "$dist/phonghop-server-$os-$arch$suffix" ./server
done

native=$($go env GOOS)-$($go env GOARCH)
suffix=$($go env GOEXE)
echo "client for $native"
$go build -trimpath -ldflags "$flags" -o "$dist/phonghop-$native$suffix" ./client

for arch in amd64 arm64; do
    echo "what an IT officer installs on linux/$arch"
    stage=$(mktemp -d)
    trap 'rm -rf "$stage"' EXIT
    folder=$stage/phonghop-$version
    mkdir "$folder"
    cp "$dist/phonghop-server-linux-$arch" "$folder/phonghop-server"
    cp packaging/linux/phonghop.service packaging/linux/install.sh LICENSE CHANGELOG.md "$folder/"
    tar -C "$stage" --owner=0 --group=0 -czf "$dist/phonghop-server-linux-$arch.tar.gz" "phonghop-$version"
    rm -rf "$stage"
done

(cd "$dist" && sha256sum phonghop* >SHA256SUMS)
echo "ready in $dist:"
ls -l "$dist"

#!/bin/sh
# Shows the sample meeting. With a screen: three windows to play with. Without
# one: a short meeting that plays itself, photographed into demo-pictures; it
# fails if a window does not follow. Further arguments go to packaging/demo.
set -eu
cd "$(dirname "$0")/.."
go=${GO:-go}

groups=build
if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    groups='build demo'
fi
# shellcheck disable=SC2086 # two words are meant
packaging/debian-packages.sh $groups

echo "demo: building the server, the client and the play (the first time takes some minutes)"
programs=bin
CGO_ENABLED=0 $go build -trimpath -o "$programs/phonghop-server" ./server
$go build -trimpath -o "$programs/phonghop" ./client
$go build -trimpath -o "$programs/phonghop-demo" ./packaging/demo

# Times are shown in the machine's zone; where nobody looks, it is that of the
# sample. Go brings its own list of zones.
case $groups in
*demo*)
    export TZ=Asia/Ho_Chi_Minh
    ZONEINFO=$($go env GOROOT)/lib/time/zoneinfo.zip
    export ZONEINFO
    ;;
esac

# The play ends all that it started when it is asked to end, or ends itself.
exec "$programs/phonghop-demo" -programs "$programs" "$@"

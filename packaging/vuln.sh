#!/bin/sh
# Looks for known vulnerabilities in the code that the programs really call.
#
#   vuln.sh GOVULNCHECK [DATABASE]
#
# DATABASE is an unpacked copy of the Go vulnerability database (the folder
# with ID and index in it, or the one above) or an address. Without one
# vuln.go.dev is asked; where it cannot be reached nothing is checked, and
# that is what is said.
set -eu
check=$1
database=${2:-}
go=${GO:-go}
cd "$(dirname "$0")/.."

case $database in
'')
    database=https://vuln.go.dev
    # The database's own index is small. The time is short: a room's network
    # without internet often swallows packets rather than refusing them.
    if ! $go run ./packaging/reach "$database/index/db.json"; then
        echo "vulnerabilities: not checked ($database cannot be reached; VULNDB=FOLDER names a copy)"
        exit 0
    fi
    ;;
http://* | https://* | file://*) ;;
*)
    for folder in "$database" "$database/vulndb"; do
        if [ -f "$folder/index/db.json" ]; then
            database=file://$(cd "$folder" && pwd)
            break
        fi
    done
    case $database in
    file://*) ;;
    *)
        echo "vulnerabilities: there is no database in $database (index/db.json is looked for)" >&2
        exit 2
        ;;
    esac
    ;;
esac

exec "$check" -db "$database" ./...

#!/bin/sh
# Installs the room's server on a Linux machine with systemd, or a newer
# version over an older one. Run as root in the unpacked folder:
#
#   ./install.sh            install, make the room on the first time, start
#   ./install.sh remove     stop and remove the program; the room's data stays
set -eu
cd "$(dirname "$0")"

program=/usr/local/bin/phonghop-server
unit=/etc/systemd/system/phonghop.service
settings=/etc/phonghop/server.env
data=/var/lib/phonghop
made=/etc/phonghop/room-made # is there once a first start has succeeded

if [ "$(id -u)" -ne 0 ]; then
    echo "Run as root: sudo ./install.sh" >&2
    exit 1
fi
if ! command -v systemctl >/dev/null; then
    echo "This machine has no systemd. The program runs without it, too: ./phonghop-server serve --data FOLDER" >&2
    exit 1
fi

if [ "${1:-}" = remove ]; then
    systemctl disable --now phonghop.service 2>/dev/null || true
    rm -f "$unit" "$program"
    systemctl daemon-reload
    echo "Removed. The room's data is still in $data, its settings in $settings."
    exit 0
fi

ask() { # ask VARIABLE QUESTION
    answer=''
    while [ -z "$answer" ]; do
        printf '%s: ' "$2"
        IFS= read -r answer || {
            echo "No answer: nothing was installed." >&2
            exit 1
        }
    done
    eval "$1=\$answer"
}

quote() { # quote TEXT: as systemd reads it from a file of settings
    printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"$`]/\\&/g')"
}

# Everything that is asked, before anything is changed.
first=no
if [ ! -e "$made" ]; then
    first=yes
    ask room "Tên phòng họp (name of the room)"
    ask secretary "Họ tên thư ký đầu tiên (full name of the first secretary)"
    [ ! -t 0 ] || trap 'stty echo' EXIT
    [ ! -t 0 ] || stty -echo
    ask pin "Mã PIN của thư ký, từ 6 chữ số (the secretary's PIN)"
    [ ! -t 0 ] || { stty echo && trap - EXIT; }
    echo
fi

install -m 0755 phonghop-server "$program.new"
mv -f "$program.new" "$program"
install -m 0644 phonghop.service "$unit"
install -d -m 0755 /etc/phonghop
if [ ! -e "$settings" ]; then
    (umask 077 && cat >"$settings") <<'END'
# Settings of the room's server; `phonghop-server serve --help` lists them all.
#PHONGHOP_LISTEN=:8443
#PHONGHOP_NAME=phonghop.example.gov.vn
#PHONGHOP_CERT=/etc/phonghop/server.pem
#PHONGHOP_KEY=/etc/phonghop/server.key
END
fi
systemctl daemon-reload

if [ "$first" = yes ]; then
    # The answers are of use for the first start only. They are in a file that
    # root alone reads, which lasts until the room is made.
    answers=/run/systemd/system/phonghop.service.d
    secrets=/run/phonghop-first.env
    trap 'rm -rf "$answers" "$secrets"; systemctl daemon-reload' EXIT
    mkdir -p "$answers"
    printf '[Service]\nEnvironmentFile=%s\n' "$secrets" >"$answers/first.conf"
    (umask 077 && printf 'PHONGHOP_ROOM=%s\nPHONGHOP_SECRETARY=%s\nPHONGHOP_PIN=%s\n' \
        "$(quote "$room")" "$(quote "$secretary")" "$(quote "$pin")" >"$secrets")
    systemctl daemon-reload
fi
since=$(date '+%Y-%m-%d %H:%M:%S')
systemctl enable phonghop.service
systemctl restart phonghop.service

# A server that cannot start ends within a moment: see whether it stays.
tries=0
until journalctl -u phonghop.service --since "$since" -o cat --no-pager 2>/dev/null | grep -q 'key fingerprint'; do
    tries=$((tries + 1))
    if [ "$tries" -gt 30 ] || systemctl is-failed --quiet phonghop.service; then
        echo "The server did not start:" >&2
        journalctl -u phonghop.service -n 20 --no-pager >&2
        systemctl stop phonghop.service
        exit 1
    fi
    sleep 1
done
: >"$made"
journalctl -u phonghop.service --since "$since" -o cat --no-pager -n 12
echo "Installed. The room's data is in $data: back up this folder."

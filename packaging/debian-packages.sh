#!/bin/sh
# Installs the Debian packages that a group of jobs needs, and only those that
# are missing:
#
#   debian-packages.sh build        to build the client (C compiler, OpenGL, X11)
#   debian-packages.sh demo         to show it without a screen, and photograph it
#   debian-packages.sh bench        to compare with other PDF programs
#   debian-packages.sh browser      to try the client in a browser
#
# What is looked for is the thing itself, not the package: where it is there,
# nothing is done and nothing of Debian's is needed.
set -eu

headers='X11/Xlib.h X11/Xcursor/Xcursor.h X11/extensions/Xrandr.h X11/extensions/Xinerama.h
X11/extensions/XInput2.h X11/extensions/xf86vmode.h GL/gl.h'

missing=''
need() { # need PACKAGE COMMAND...: the package is missing if the command fails
    package=$1
    shift
    if ! "$@" >/dev/null 2>&1; then
        case " $missing " in *" $package "*) ;; *) missing="$missing $package" ;; esac
    fi
}

has() { command -v "$1"; }

compiles() { # compiles HEADER
    echo "#include <$1>" | gcc -E -
}

has_software_gl() {
    for f in /usr/lib/dri/swrast_dri.so /usr/lib/*/dri/swrast_dri.so /usr/lib64/dri/swrast_dri.so \
        /usr/lib/*/libgallium-*.so /usr/lib64/libgallium-*.so; do
        [ -e "$f" ] && return 0
    done
    return 1
}

group_build() {
    need make has make
    need gcc has gcc
    need libc6-dev compiles stdlib.h
    need pkg-config has pkg-config
    need libgl1-mesa-dev pkg-config --exists gl
    for h in $headers; do
        case $h in
        GL/*) need libgl1-mesa-dev compiles "$h" ;;
        *) need xorg-dev compiles "$h" ;;
        esac
    done
}

group_demo() {
    need xvfb has Xvfb
    need openbox has openbox
    need imagemagick has import
    need xdotool has xdotool
    need libgl1-mesa-dri has_software_gl
}

group_bench() {
    need poppler-utils has pdftoppm
}

group_browser() {
    need chromium has_chromium
    need libnss3-tools has certutil
}

has_chromium() {
    has chromium || has chromium-browser || has google-chrome
}

[ $# -gt 0 ] || set -- build
for group in "$@"; do
    case $group in
    build | demo | bench | browser) "group_$group" ;;
    *)
        echo "debian-packages.sh: no group \"$group\": build, demo, bench or browser" >&2
        exit 2
        ;;
    esac
done

[ -n "$missing" ] || exit 0

echo "Missing on this machine:$missing"
if ! has apt-get >/dev/null; then
    echo "There is no apt-get here. Install what these Debian packages hold, then try again." >&2
    exit 1
fi

sudo=''
if [ "$(id -u)" -ne 0 ]; then
    if ! has sudo >/dev/null; then
        echo "Not root, and there is no sudo. Run as root: apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    sudo=sudo
    echo "Installing needs root rights: sudo may ask for your password."
fi

# The names are Debian's own, without blanks: the splitting is meant.
# shellcheck disable=SC2086
install() {
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

# A fresh system has no package lists, an old one has lists that no longer
# name what the mirror holds: fetch them, and go on without if that fails.
$sudo apt-get update -q || echo "The package lists could not be renewed; trying with those at hand." >&2
install

# shellcheck shell=sh
# Shared by the scripts beside it, which run it with '.'; it does nothing by itself.
# POSIX sh. Everything can be run again: what is there already is left alone.

laban=.build/release/laban

# What the Swift compiler needs, the C libraries Laban uses, and Python: pip fetches the pose weights,
# pyzmq is for the subscriber in Messaging.docc/Delivery.md. At run time Laban needs no Python.
packages='ca-certificates git g++ pkg-config tzdata libcurl4-openssl-dev libncurses-dev libxml2-dev
    libopenblas-dev libzmq3-dev libsqlite3-dev libarchive-dev
    libavcodec-dev libavformat-dev libavutil-dev libswscale-dev libavdevice-dev
    python3 python3-pip python3-zmq'

# step NAME MEND COMMAND...: says what happens, and what to do when it fails.
step() {
    name=$1
    mend=$2
    shift 2
    printf '\n==> %s\n' "$name"
    rm -f "$said"
    "$@" && return
    printf '\nThis step failed: %s\nTo mend it: %s\nThen run the same command again.\n' \
        "$name" "$(advice "$said" "$mend")" >&2
    exit 1
}

# What `attempt` heard of a command that failed.
said=.build/said.log

# attempt COMMAND...: runs it before everybody's eyes and, where it fails, once more to hear why: what was short of memory or
# of the network for a moment gets on then.
attempt() {
    "$@" </dev/null && return
    mkdir -p .build
    echo 'That failed; once more, to see why.'
    "$@" </dev/null >"$said" 2>&1
}

# advice LOG ELSE: what mends a failure, by what was said; ELSE when nothing known was.
advice() {
    if [ ! -f "$1" ]; then
        echo "$2"
    elif grep -qiE 'no space left on device|disk quota exceeded|database or disk is full' "$1"; then
        printf 'the disk is full (%s free here, a build takes 3 GB): make room' "$(df -Ph . | awk 'NR == 2 { print $4 }')"
    elif grep -qE 'Killed|signal 9|signal: 9|cannot allocate memory|Cannot allocate memory|bad_alloc' "$1"; then
        echo 'the compiler was killed, as happens where memory is short (4 GB are enough): close other programs, or build with LABAN_JOBS=1'
    elif grep -qE "\.h' file not found|cannot find -l|unable to find library|library not found|was not found by pkg-config|missing required module 'C" "$1"; then
        echo "a system package is missing: 'sh .scripts/doctor' names it and the command that installs it"
    elif grep -qiE 'could not resolve|temporary failure in name|failed to clone|unable to access|network is unreachable|connection (timed out|refused|reset)|could not connect|failed to fetch|no matching distribution|unable to fetch|timed out' "$1"; then
        printf 'something could not be fetched: look at the network or proxy settings. %s' "$2"
    elif grep -qE "compiled with module cache path|another instance of SwiftPM" "$1"; then
        echo 'what was compiled does not belong to this folder, or somebody else builds in it: wait, or rm -rf .build'
    elif grep -qE '(^|: )error: ' "$1"; then
        printf 'the first error is this one: %s' "$(grep -E '(^|: )error: ' "$1" | sed -n 1p)"
    else
        echo "$2"
    fi
}

# The packages that are not installed, on one line.
missing_packages() {
    for package in $packages; do
        case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) in
        ii*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null
}

install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        printf 'This is no Debian system. Laban needs what these packages of Debian hold:\n    %s\n' "$packages"
        return
    fi
    missing=$(missing_packages)
    if [ -z "$missing" ]; then
        echo 'all there'
        return
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        printf 'Root has to install: %s\n' "$missing" >&2
        return 1
    fi
    printf 'installing %s\n(about a minute)\n' "$missing"
    # One argument a package.
    # shellcheck disable=SC2086
    { apt_get update || echo 'The package lists could not be refreshed; trying with those at hand.'; } &&
        attempt apt_get install -y --no-install-recommends $missing >/dev/null
}

# Swift 6.3 or newer, which no Debian package holds.
check_swift() {
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
    printf 'found Swift %s\n' "${version:-nowhere}"
    major=${version%%.*}
    minor=${version#*.}
    [ -n "$version" ] && { [ "$major" -gt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -ge 3 ]; }; }
}

# Flags that every build and test shares: with others everything is compiled once more.
flags="-c release --disable-xctest ${LABAN_JOBS:+-j $LABAN_JOBS}"

# Whether what is in .build was compiled for another folder: compilers keep absolute paths, and fail on others'.
was_moved() {
    here=$(pwd -P)
    if [ -f .build/checkout ]; then
        [ "$(cat .build/checkout)" != "$here" ]
    else
        [ -f .build/release.yaml ] && ! grep -qF "\"$here/" .build/release.yaml
    fi
}

# Throws away what was compiled; packages that were fetched stay.
forget_compiled() {
    echo 'This checkout was moved or copied, and what was compiled elsewhere is of no use here: it is compiled anew.'
    rm -rf .build/*-linux-gnu .build/release .build/release.yaml .build/build.db
}

# compile COMMAND...: builds, from nothing where what is there belongs to another folder.
compile() {
    if was_moved; then forget_compiled; fi
    mkdir -p .build
    pwd -P >.build/checkout
    attempt "$@" && return
    grep -q 'compiled with module cache path' "$said" || return 1
    forget_compiled
    attempt "$@"
}

# What users need: the program alone.
build() {
    # One word a flag.
    # shellcheck disable=SC2086
    compile swift build $flags --product laban
}

# Everything that has to be there before Laban can run; `build` and `building` may say otherwise how it is built.
build=build
building='Building in release (the first time 5 to 10 minutes, later seconds)'
set_up() {
    step 'Looking for system packages' 'look at the message of apt-get above, it needs the network and root or sudo' \
        install_packages
    step 'Looking for Swift 6.3 or newer' 'install it as https://www.swift.org/install/linux says' check_swift
    step "$building" 'look at what the compiler says above' "$build"
    step 'Fetching pose weights (36 MB, once)' \
        'fetch the wheel elsewhere, then: .build/release/laban models install --wheel FILE' attempt "$laban" models install
}

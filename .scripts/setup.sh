# shellcheck shell=sh
# Shared by the scripts beside it, which run it with '.'; it does nothing by itself.
# POSIX sh. Everything can be run again: what is there already is left alone.

laban=.build/release/laban

# What the Swift compiler needs, the C libraries Laban uses, and Python: pip fetches the pose weights,
# pyzmq is for the subscriber in the README. At run time Laban needs no Python.
packages='ca-certificates git g++ pkg-config tzdata libcurl4-openssl-dev libncurses-dev libxml2-dev
    libopenblas-dev libzmq3-dev libsqlite3-dev zlib1g-dev
    libavcodec-dev libavformat-dev libavutil-dev libswscale-dev libavdevice-dev
    python3 python3-pip python3-zmq'

# step NAME MEND COMMAND...: says what happens, and what to do when it fails.
step() {
    name=$1
    mend=$2
    shift 2
    printf '\n==> %s\n' "$name"
    "$@" && return
    printf '\nThis step failed: %s\nTo mend it: %s\nThen run the same command again.\n' "$name" "$mend" >&2
    exit 1
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
        apt_get install -y --no-install-recommends $missing >/dev/null
}

# Swift 6.3 or newer, which no Debian package holds.
check_swift() {
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
    printf 'found Swift %s\n' "${version:-nowhere}"
    major=${version%%.*}
    minor=${version#*.}
    [ -n "$version" ] && { [ "$major" -gt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -ge 3 ]; }; }
}

build() {
    swift build -c release --product laban </dev/null
}

# Everything that has to be there before Laban can run.
set_up() {
    step 'Looking for system packages' 'look at the message of apt-get above, it needs the network and root or sudo' \
        install_packages
    step 'Looking for Swift 6.3 or newer' 'install it as https://www.swift.org/install/linux says' check_swift
    step 'Building in release (the first time 5 to 10 minutes, later seconds)' \
        'look at the first "error:" above (fetching Swift packages needs the network)' build
    step 'Fetching pose weights (36 MB, once)' \
        'fetch the wheel elsewhere, then: .build/release/laban models install --wheel FILE' "$laban" models install
}

# Sourced by what installs programs with apt-get. `missing` tells what is missing, and what to do.

fail() {
    echo "$missing ($1)" >&2
    exit 1
}

# How to become root, as `as_root`; where there is no way, what root has to install.
seek_root() {
    command -v apt-get >/dev/null || fail "this installs it with apt-get alone, which is not here"
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null; then
        as_root=sudo
    else
        fail "as root: apt-get install --no-install-recommends $1"
    fi
}

apt_install() {
    $as_root apt-get update
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

#!/usr/bin/env bash
# Runs the Dockerfile's own FROM, COPY, ENV, USER, WORKDIR and RUN lines in clean Debian folders, without a Docker
# engine, then its ENTRYPOINT with no network and a read-only file system:
#   sudo tests/docker_steps.sh FOLDER [CALL]
# FOLDER gets the Debian base and one root for each stage. CALL is a recording to score in the finished image.
# It stands in for python:3.11-slim-bookworm with Debian bookworm's own Python 3.11. Needs root and debootstrap.
set -euo pipefail
work=${1:?a folder to work in is needed}
call=${2:-}
context=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$work"
work=$(cd "$work" && pwd)
base=$work/debian-bookworm
root="" stage="" user=root dir=/ entrypoint=() environment=()
pip_config=$(python3 -m pip config debug 2>/dev/null | sed -n 's/^ *\(.*\), exists: True$/\1/p' | tail -n 1)

say() { printf '%6d s  %s\n' "$SECONDS" "$*"; }

make_base() {
    [ -e "$base/usr/local/bin/python" ] && return
    say "debootstrap bookworm"
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$base" >"$work/debootstrap.log"
    ln -s /usr/bin/python3 "$base/usr/local/bin/python"
    rm -rf "$base"/var/cache/apt/archives/*.deb "$base"/var/lib/apt/lists/*
}

# What Docker gives a container from outside: devices, name resolution, and here the way to the package registry.
lend() {
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    mkdir -p "$root/run/lent"
    mount -t tmpfs -o size=16m tmpfs "$root/run/lent"
    cp /etc/ssl/certs/ca-certificates.crt "$root/run/lent/ca.crt"
    [ -z "$pip_config" ] || grep -v '^ *cert' "$pip_config" >"$root/run/lent/pip.conf"
    cp /etc/resolv.conf /etc/hosts "$root/run/lent/"
    touch "$root/etc/resolv.conf" "$root/etc/hosts"
    mount --bind "$root/run/lent/resolv.conf" "$root/etc/resolv.conf"
    mount --bind "$root/run/lent/hosts" "$root/etc/hosts"
}

take_back() {
    local place
    for place in etc/hosts etc/resolv.conf run/lent dev proc; do
        mountpoint --quiet "$root/$place" && umount "$root/$place"
    done
    return 0
}
trap 'take_back' EXIT

inside() {
    local -a lent=(PIP_CONFIG_FILE=/run/lent/pip.conf PIP_CERT=/run/lent/ca.crt)
    local name
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY PIP_INDEX_URL; do
        [ -z "${!name:-}" ] || lent+=("$name=${!name}")
    done
    "${before[@]}" chroot --userspec="$user" "$root" /usr/bin/env --ignore-environment \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LANG=C.UTF-8 "${lent[@]}" "${environment[@]}" \
        /bin/sh -c 'cd "$0" && exec "$@"' "$dir" "$@"
}

copy() {
    local from=$context target=${*: -1}
    if [[ $1 == --from=* ]]; then from=$work/stage-${1#--from=} && shift; fi
    [[ $target == /* ]] || target=$dir/${target#./}
    local -a sources=("${@:1:$#-1}")
    local source
    for source in "${sources[@]}"; do
        if [ -d "$from/$source" ]; then
            mkdir -p "$root$target"
            tar --create --directory="$from/$source" --exclude=__pycache__ . | tar --extract --directory="$root$target"
        elif [[ $target == */ ]]; then
            mkdir -p "$root$target" && cp "$from/$source" "$root$target"
        else
            mkdir -p "$(dirname "$root$target")" && cp "$from/$source" "$root$target"
        fi
    done
}

begin_stage() { # IMAGE [AS NAME]
    [[ $1 == python:3.11-slim-bookworm ]] || { echo "this script stands in for python:3.11-slim-bookworm, not $1" >&2; exit 1; }
    [ -z "$root" ] || take_back
    stage=${3:-final} user=root dir=/ environment=()
    root=$work/stage-$stage
    rm -rf "$root"
    cp --archive "$base" "$root"
    lend
}

words_of() { python3 -c 'import json, sys; print("\n".join(json.loads(sys.argv[1])))' "$1"; }

before=()
make_base
while IFS= read -r line; do
    [[ -z $line || $line == \#* ]] && continue
    say "$line"
    read -r instruction rest <<<"$line"
    read -ra words <<<"$rest"
    case $instruction in
    FROM) begin_stage "${words[@]}" ;;
    WORKDIR) dir=$rest && mkdir -p "$root$dir" ;;
    ENV) environment+=("${words[@]}") ;;
    USER) user=$rest:$rest ;;
    COPY) copy "${words[@]}" ;;
    RUN) inside /bin/sh -c "$rest" ;;
    ENTRYPOINT) mapfile -t entrypoint < <(words_of "$rest") ;;
    CMD) mapfile -t arguments < <(words_of "$rest") ;;
    *) echo "the Dockerfile has $instruction, which this script does not know" >&2 && exit 1 ;;
    esac
done < <(sed -e ':a' -e '/\\$/{N;s/\\\n//;ba' -e '}' "$context/Dockerfile")

take_back
say "image: $(du -sm "$root" | cut -f1) MB, of it Debian and Python $(du -sm "$base" | cut -f1) MB"

# docker run --network none --read-only --tmpfs /tmp, as docs/container.md says
mkdir -p "$root/calls"
mount --bind "$root" "$root" && mount -o remount,bind,ro "$root"
mount -t tmpfs tmpfs "$root/tmp"
mount --bind /dev "$root/dev"
mount -t proc proc "$root/proc"
trap 'umount "$root/proc" "$root/dev" "$root/tmp"; [ -z "$call" ] || umount "$root/calls"; umount "$root"' EXIT
before=(unshare --net)
say "${entrypoint[*]} ${arguments[*]}"
inside "${entrypoint[@]}" "${arguments[@]}" | sed -n 1,3p
if [ -n "$call" ]; then
    mount --bind -o ro "$(dirname "$call")" "$root/calls"
    say "${entrypoint[*]} score /calls/$(basename "$call")"
    inside "${entrypoint[@]}" score "/calls/$(basename "$call")" --format json | python3 -c '
import json, sys
card = json.load(sys.stdin)
print(card["engine"], len(card["transcript"]["words"]), "words,", len(card["measures"]), "measures")'
fi
say "done"

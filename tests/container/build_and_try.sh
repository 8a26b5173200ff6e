#!/usr/bin/env bash
# Builds the image without a container engine (buildah in a chroot over a Debian made here), runs it
# from the unpacked root, then as operators should (read-only, nobody, no capabilities, no shell,
# 256 MB), and scores a bill against it. REPRODUCE=1 builds it again elsewhere and compares.
# Needs root, buildah, podman, runc, mmdebstrap, curl. CA_DIR may name certificates of a mirror, and
# PIP_INDEX_URL of the caller goes to the build; neither gets into the image.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
work="${WORK:-build/container}"
port="${PORT:-18080}"
mkdir -p "$work"
work=$(cd "$work" && pwd)
say() { echo "container: $*"; }
fail() { echo "container: $*" >&2; exit 1; }
vfs() { podman --storage-driver vfs "$@"; }
working=() id=
clean() {
    if [ -n "$id" ]; then vfs rm -f "$id" > /dev/null 2>&1 || true; fi
    for one in "${working[@]}"; do buildah rm "$one" > /dev/null 2>&1 || true; done
}
trap clean EXIT

# ------------------------------------------------------------------------------------ build

if [ ! -s "$work/base.tar" ]; then
    mmdebstrap --quiet --variant=minbase \
        --include=ca-certificates,python3,python3-venv,python3-pip bookworm "$work/base.tar"
fi
printf 'FROM scratch\nADD base.tar /\n' > "$work/Dockerfile.base"
buildah bud --isolation chroot -q -t localhost/lodestone-base -f "$work/Dockerfile.base" "$work" \
    > /dev/null

build() { # build FOLDER NAME
    local more=()
    if [ -n "${CA_DIR:-}" ]; then more+=(--volume "$CA_DIR:/etc/ssl/certs:ro"); fi
    if [ -n "${PIP_INDEX_URL:-}" ]; then more+=(--build-arg "PIP_INDEX_URL=$PIP_INDEX_URL"); fi
    buildah bud --isolation chroot -q --no-cache --format docker --timestamp 1764028800 \
        "${more[@]}" --build-arg BASE_IMAGE=localhost/lodestone-base -t "$2" "$1" > "$work/$2.log" 2>&1 ||
        { cat "$work/$2.log" >&2; fail "the build failed"; }
}
started=$SECONDS
build . lodestone
say "built in $((SECONDS - started)) s"
rm -f "$work/image.tar"
buildah push -q localhost/lodestone "docker-archive:$work/image.tar:localhost/lodestone:latest"
vfs load -q -i "$work/image.tar" > /dev/null
over=$(($(stat -c %s "$work/image.tar") - $(stat -c %s "$work/base.tar")))
say "over the base: $((over / 1000000)) MB"
[ "$over" -lt 150000000 ] || fail "more than 150 MB over the base"

layers() { buildah inspect --format '{{range .OCIv1.RootFS.DiffIDs}}{{.}} {{end}}' "$1"; }
# Without the name of the build's own host, which this builder writes into each image.
settings() {
    buildah inspect "$1" | python3 -c 'import json, sys
settings = json.load(sys.stdin)["Docker"]["config"]
del settings["Hostname"]
print(json.dumps(settings, sort_keys=True))'
}
if [ -n "${REPRODUCE:-}" ]; then
    rm -rf "$work/elsewhere"
    (umask 077 && git clone -q . "$work/elsewhere" && build "$work/elsewhere" lodestone-again)
    say "layers: $(layers localhost/lodestone)"
    [ "$(layers localhost/lodestone)" = "$(layers localhost/lodestone-again)" ] ||
        fail "two builds of the same source have other layers: $(layers localhost/lodestone-again)"
    [ "$(settings localhost/lodestone)" = "$(settings localhost/lodestone-again)" ] ||
        fail "two builds of the same source have other settings"
    say "two builds have the same layers and the same settings"
    rm -rf "$work/elsewhere"
fi

# ------------------------------------------------------------------- what it needs, and lists

unpacked=$(buildah from localhost/lodestone)
working+=("$unpacked")
root=$(buildah mount "$unpacked")
! find "$root/opt/lodestone" -path '*site-packages/pip*' -o -path '*site-packages/setuptools*' |
    grep -q . || fail "an installer is left in the image"
python3 - "$root/opt/lodestone/sbom.cdx.json" requirements.txt <<'PYTHON' || fail "the parts list is wrong"
import json, re, sys
document = json.load(open(sys.argv[1]))
listed = {one["purl"] for one in document["components"] if "purl" in one}
locked = {
    f"pkg:pypi/{name.lower()}@{version}"
    for name, version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", open(sys.argv[2]).read(), re.M)
}
assert listed == locked, listed ^ locked
assert document["metadata"]["component"]["name"] == "lodestone-risk"
print(f"container: {len(listed)} parts listed, those of the lock")
PYTHON
cp "$root/opt/lodestone/sbom.cdx.json" "$work/sbom.cdx.json"

# -------------------------------------------------------------------------------- use

rm -f "$work/keys.txt"
key=$("${LODESTONE:-.venv/bin/lodestone}" key trial --file "$work/keys.txt" 2> /dev/null |
    sed -n 's/^key:  //p')
chmod 0644 "$work/keys.txt"
[ -n "$key" ] || fail "no key was made"

status() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
wait_for() {
    for _ in $(seq 600); do
        curl -sf "http://127.0.0.1:$port/readyz" > /dev/null && return
        sleep 0.05
    done
    fail "not ready after 30 s"
}
score() {
    [ "$(status "http://127.0.0.1:$port/v1/sectors")" = 401 ] || fail "a stranger was let in"
    [ "$(status -H "x-api-key: $key" -H 'content-type: application/json' \
        -d @examples/traction-motor.json "http://127.0.0.1:$port/v1/assessments")" = 200 ] ||
        fail "no score"
}

# From the unpacked root, without any engine.
mkdir -p "$root/etc/lodestone"
cp "$work/keys.txt" "$root/etc/lodestone/keys.txt"
chroot --userspec=10001:10001 "$root" /usr/bin/env -i PATH=/opt/lodestone/bin:/usr/bin \
    LODESTONE_HOST=127.0.0.1 LODESTONE_PORT="$port" LODESTONE_AUTH=keys \
    LODESTONE_AUTH_KEYS=/etc/lodestone/keys.txt lodestone serve > "$work/unpacked.log" 2>&1 &
served=$!
wait_for
score
kill -TERM "$served"
wait "$served" || [ $? = 143 ] || fail "the unpacked service did not end well"
say "runs from the unpacked root"

# Locked down. The two shells are masked, so that nothing can start one.
id=$(vfs --runtime "$(command -v runc)" --cgroup-manager cgroupfs create --pull never \
    --network host --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 \
    --memory 256m --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
    -v /dev/null:/usr/bin/dash:ro -v /dev/null:/usr/bin/bash:ro \
    -v "$work/keys.txt:/etc/lodestone/keys.txt:ro" \
    -e LODESTONE_HOST=127.0.0.1 -e LODESTONE_PORT="$port" \
    -e LODESTONE_AUTH=keys -e LODESTONE_AUTH_KEYS=/etc/lodestone/keys.txt localhost/lodestone)
began=$(date +%s%N)
vfs --runtime "$(command -v runc)" --cgroup-manager cgroupfs start "$id" > /dev/null
wait_for
say "ready after $((($(date +%s%N) - began) / 1000000)) ms, engine included"
process=$(vfs inspect -f '{{.State.Pid}}' "$id")
say "memory when ready: $(sed -n 's/^VmHWM:\s*//p' "/proc/$process/status")"
score
say "memory after an assessment: $(sed -n 's/^VmHWM:\s*//p' "/proc/$process/status")"

expect() { grep -qE "$2" "/proc/$process/status" || fail "$1"; }
expect "it is not nobody" '^Uid:\s+10001\s+10001\s+10001\s+10001$'
expect "it has capabilities" '^CapBnd:\s+0+$'
expect "it may get privileges" '^NoNewPrivs:\s+1$'
expect "no filter of system calls" '^Seccomp:\s+2$'
group=$(sed -n -e 's/^0:://p' -e 's/^[0-9]*:memory://p' "/proc/$process/cgroup" | tail -n 1)
limit=$(cat "/sys/fs/cgroup/memory$group/memory.limit_in_bytes" 2> /dev/null ||
    cat "/sys/fs/cgroup$group/memory.max")
[ "$limit" = 268435456 ] || fail "the memory has another limit: $limit"
# podman's own timer for the check needs systemd; what the image says is run here by hand.
vfs healthcheck run "$id" > "$work/health.log" 2>&1 || fail "the health check fails: $(cat "$work/health.log")"
inside() { vfs exec "$id" "$@" > /dev/null 2>&1; }
inside python3 -c "pass" || fail "nothing can be run inside"
! inside python3 -c "open('/opt/x', 'w')" || fail "the file system can be written"
! inside sh -c : || fail "there is a shell"
! inside python3 -c "import pip" || fail "there is an installer"

vfs stop -t 30 "$id" > /dev/null
[ "$(vfs inspect -f '{{.State.ExitCode}}' "$id")" = 0 ] || fail "it did not end well"
say "the image does what it should"

#!/usr/bin/env bash
# Builds the image without a container engine (buildah in a chroot over a Debian made here), runs it
# as operators should (read-only, nobody, no capabilities, 256 MB), and scores a bill against it.
# Needs root, buildah, podman, runc, mmdebstrap, curl. CA_DIR may name certificates of a mirror.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
work="${WORK:-build/container}"
port="${PORT:-18080}"
mounts=()
if [ -n "${CA_DIR:-}" ]; then mounts=(--volume "$CA_DIR:/etc/ssl/certs:ro"); fi
mkdir -p "$work"

if [ ! -s "$work/base.tar" ]; then
    mmdebstrap --quiet --variant=minbase \
        --include=ca-certificates,python3,python3-venv,python3-pip bookworm "$work/base.tar"
fi
printf 'FROM scratch\nADD base.tar /\n' > "$work/Dockerfile.base"
buildah bud --isolation chroot -q -t localhost/lodestone-base -f "$work/Dockerfile.base" "$work"
started=$SECONDS
buildah bud --isolation chroot -q --format docker "${mounts[@]}" --timestamp 1764028800 \
    --build-arg BASE_IMAGE=localhost/lodestone-base -t localhost/lodestone .
echo "built in $((SECONDS - started)) s"
rm -f "$work/image.tar"
buildah push -q localhost/lodestone "docker-archive:$work/image.tar:localhost/lodestone:latest"
podman --storage-driver vfs load -q -i "$work/image.tar"
base=$(stat -c %s "$work/base.tar") image=$(stat -c %s "$work/image.tar")
echo "over the base: $(((image - base) / 1000000)) MB"
[ $((image - base)) -lt 150000000 ]

rm -f "$work/keys.txt"
key=$("${LODESTONE:-.venv/bin/lodestone}" key trial --file "$work/keys.txt" 2>/dev/null |
    sed -n 's/^key:  //p')
chmod 0644 "$work/keys.txt"
began=$(date +%s%N)
id=$(podman --storage-driver vfs --runtime "$(command -v runc)" --cgroup-manager cgroupfs \
    run -d --pull never --rm --network host --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 \
    --memory 256m --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
    -v "$PWD/$work/keys.txt:/etc/lodestone/keys.txt:ro" \
    -e LODESTONE_HOST=127.0.0.1 -e LODESTONE_PORT="$port" \
    -e LODESTONE_AUTH=keys -e LODESTONE_AUTH_KEYS=/etc/lodestone/keys.txt localhost/lodestone)
trap 'podman --storage-driver vfs kill "$id" > /dev/null 2>&1 || true' EXIT
for _ in $(seq 300); do
    curl -sf "http://127.0.0.1:$port/readyz" > /dev/null && break
    sleep 0.1
done
echo "ready after $((($(date +%s%N) - began) / 1000000)) ms, engine included"

status() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
[ "$(status "http://127.0.0.1:$port/v1/sectors")" = 401 ]
[ "$(status -H "x-api-key: $key" -H 'content-type: application/json' \
    -d @examples/traction-motor.json "http://127.0.0.1:$port/v1/assessments")" = 200 ]
process=$(podman --storage-driver vfs inspect -f '{{.State.Pid}}' "$id")
grep -qE '^Uid:\s+10001\s' "/proc/$process/status"
grep -qE '^CapBnd:\s+0+$' "/proc/$process/status"
grep -qE '^NoNewPrivs:\s+1$' "/proc/$process/status"
grep -E '^VmHWM' "/proc/$process/status"
! podman --storage-driver vfs exec "$id" python3 -c "open('/opt/x', 'w')" 2> /dev/null
podman --storage-driver vfs stop -t 30 "$id" > /dev/null 2>&1
echo "the image does what it should"

d=$(mktemp -d /tmp/chr.XXXX)
timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --user-data-dir=$d --no-pdf-header-footer --print-to-pdf=$2 "$1" >/dev/null 2>&1
rm -rf $d

#!/usr/bin/env bash
# torch 2.14.1 (CPU, gloo), torchrun --max-restarts. When a process dies, torchrun starts all of them
# anew, but the key-value store of the first attempt lives on: under "env://" the new processes find
# the addresses that the dead ones left there, if they are quicker than those who overwrite them, and
# fail with "Connection refused", attempt after attempt, with a fixed --master-addr as with
# --standalone. A PrefixStore of one's own that has
# TORCHELASTIC_RESTART_COUNT in its prefix makes the restart work.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 numpy
cd "$folder"
cat > work.py <<'PYTHON'
import os, signal, sys, time
import torch
import torch.distributed as dist

attempt = int(os.environ["TORCHELASTIC_RESTART_COUNT"])
if attempt and os.environ["RANK"] == "1":
    time.sleep(3)  # one process is always a little later than the other; this makes it plain
if sys.argv[1] == "own":
    store, rank, world = next(dist.rendezvous("env://"))
    own = dist.PrefixStore(f"attempt-{attempt}", store)
    dist.init_process_group("gloo", store=own, rank=rank, world_size=world)
else:
    dist.init_process_group("gloo")
if attempt == 0 and dist.get_rank() == 1:
    time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)
held = torch.ones(1)
for _ in range(2000 if attempt == 0 else 3):
    dist.all_reduce(held)
    held /= 2
    time.sleep(0.01)
dist.destroy_process_group()
PYTHON
ways=()
run() {
  local name=$1 argument=$2
  shift 2
  if OMP_NUM_THREADS=1 timeout 120 venv/bin/torchrun --nproc-per-node 2 --max-restarts 1 "$@" work.py "$argument" >"$name.log" 2>&1; then
    ways+=("$name works")
  elif grep -q "Connection refused" "$name.log"; then
    ways+=("$name refused")
  else
    ways+=("$name failed")
  fi
}
run fixed plain --master-addr 127.0.0.1 --master-port 29653
run own-prefix own --master-addr 127.0.0.1 --master-port 29654
run standalone plain --standalone
printf '%s\n' "${ways[@]}"
echo "expected: all three work"
[ "${ways[*]}" = "fixed refused own-prefix works standalone refused" ] || { echo "this has changed"; exit 1; }

#!/usr/bin/env bash
# setup.sh FOLDER [PYTHON]: one virtual environment for each peer that benchmarks/pixelate.py runs.
#
# PYTHON is the interpreter that Pincel is installed in (default: the one on the path): a peer that
# needs torch borrows that one's instead of installing it again. What will not install is written
# to FOLDER/NAME.failed with pip's last line, and the benchmark lists it with that reason.
set -u
folder=${1:?"usage: setup.sh FOLDER [PYTHON]"}
python=${2:-python3}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

peer() {  # peer NAME PACKAGE...
  local name=$1; shift
  [ -f "$folder/$name/ready" ] && return
  rm -rf "${folder:?}/$name" "$folder/$name.failed"
  "$python" -m venv "$folder/$name"
  if "$folder/$name/bin/pip" install -q --disable-pip-version-check "$@" 2>"$folder/$name.log"; then
    touch "$folder/$name/ready"
    echo "ready   $name"
  else
    grep -v '^WARNING' "$folder/$name.log" | tail -n 1 >"$folder/$name.failed"
    rm -rf "${folder:?}/$name"
    echo "failed  $name: $(cat "$folder/$name.failed")"
  fi
}

borrow() {  # borrow NAME PACKAGE...: packages without their dependencies, the rest from PYTHON
  local name=$1; shift
  [ -f "$folder/$name/ready" ] && return
  peer "$name" --no-deps "$@"
  [ -f "$folder/$name/ready" ] || return
  "$python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])' \
    >"$folder/$name/lib/$(ls "$folder/$name/lib")/site-packages/borrowed.pth"
}

peer ai2pixelart ai2pixelart==0.1.4
peer perfect-pixel "perfect-pixel[opencv]==0.1.4" pillow
peer pixel-snapper pixel-snapper==0.1.0
peer unfake unfake==1.0.7
peer madeitpx madeitpx==0.1.1 pillow
peer pixelartconv pixelartconv==1.2.1
peer scalerack "scalerack[all]==0.3.1" scikit-learn
peer proper-pixel-art proper-pixel-art==2.0.0
peer pixora pixora==0.5
peer pixelator pixelator==1.3.0 type_enforced==1.2.0
borrow pixeloe pixeloe==1.0.0 opencv-python-headless kornia kornia_rs
peer img2pixelart img2pixelart
echo "PyPI's pyxelate 0.0.1 is an empty placeholder" >"$folder/pyxelate.failed"

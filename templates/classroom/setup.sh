#!/usr/bin/env bash
# Installs the grader that lies beside this file, while Gradescope builds the image of the autograder.
# Wheels of assignment packs that lie here are installed as well.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
cd "$root/source"

# TensorFlow has builds for these; the first of them also for tensorflow-addons.
find_python() {
  local name
  for name in python3.11 python3.12 python3.13; do
    if command -v "$name" >/dev/null && "$name" -I -c "import ensurepip, venv" 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
}
python=$(find_python)
if [ -z "$python" ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3.12 python3.12-venv || true
  python=$(find_python)
fi
if [ -z "$python" ]; then
  echo "The grader needs Python 3.11 to 3.13: choose a base image with one of them, such as Ubuntu 24.04." >&2
  exit 1
fi

wheels=()
for wheel in *.whl; do
  case "$wheel" in
    notebook_examiner-[0-9]*) wheels+=("./$wheel[common,legacy]") ;;
    *) wheels+=("./$wheel") ;;
  esac
done
"$python" -I -m venv "$root/grader"
"$root/grader/bin/python" -I -m pip install --quiet --disable-pip-version-check -c constraints.txt "${wheels[@]}"
"$root/grader/bin/python" -I -m grader doctor || true

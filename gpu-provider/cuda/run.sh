#!/bin/sh
# The day a GPU is there: versions, times of pieces, parity of kernels and models, times of whole models and pictures, and
# ratios to PyTorch.
#
#   run.sh [--part PART] [--tiny] CHECK_PROGRAM [FOLDER]
#
# PART is one of these, each of some minutes, and in this order; all of them where none is said:
#
#   versions   of the device, of CUDA's libraries and of PyTorch
#   pieces     products, convolutions and attention, here and in PyTorch
#   torch      weights, inputs, answers and times of SDXL in PyTorch, some 8 GB in FOLDER that mean nothing
#   compiled   times through torch.compile
#   parity     operations and a toy against the CPU, each stage of SDXL against PyTorch
#   speed      parts of SDXL, and pictures of 4, 20, 30 and 50 steps: times, ratios, memory
#
# CHECK_PROGRAM is a built `imprint-painter-cuda-check`. Neither Rust nor a network is needed; Python with torch, diffusers and
# transformers is, for whatever is compared to PyTorch. With --tiny it is a toy. Every line is `pass`, `fail`, `skip` or `time`
# and the last one counts; the exit status says whether anything failed.
set -u
parts="versions pieces torch compiled parity speed" tiny=
while :; do
    case ${1-} in
        --part) parts=${2-} && shift 2 ;;
        --tiny) tiny=--tiny && shift ;;
        *) break ;;
    esac
done
check=${1:?"run.sh [--part PART] [--tiny] CHECK_PROGRAM [FOLDER]"}
folder=${2:-/tmp/imprint-against}
here=$(dirname "$0")
python=${PYTHON:-python3}
packages=$("$python" -c 'import os, torch; print(os.path.dirname(os.path.dirname(torch.__file__)))' 2>/dev/null) || packages=
export IMPRINT_CUDA_PACKAGES="${IMPRINT_CUDA_PACKAGES:-$packages}"
runs=0 failed=0

run() {
    runs=$((runs + 1))
    "$@" || failed=$((failed + 1))
}

torch() {
    if [ -n "$packages" ]; then
        PYTHONUNBUFFERED=1 run "$python" "$here/against_torch.py" "$folder" "$1" $tiny
    else
        echo "skip torch $1: $python has no torch"
    fi
}

ours() {
    run "$check" --part "$1" --against "$folder" $tiny
}

for part in $parts; do
    case $part in
        versions) ours versions && torch versions ;;
        pieces) torch pieces && ours pieces ;;
        torch) torch eager ;;
        compiled) torch compiled ;;
        parity | speed) ours "$part" ;;
        *) run sh -c "echo 'fail part: there is no \`$part\`'; exit 1" ;;
    esac
done
echo "$runs runs, $failed failed"
[ "$failed" -eq 0 ]

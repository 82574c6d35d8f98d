#!/bin/sh
# Everything about the GPU in one run: versions, parity of kernels and models, times, and ratios to PyTorch.
#
#   run.sh CHECK_PROGRAM [FOLDER]
#
# CHECK_PROGRAM is a built `imprint-painter-cuda-check`; FOLDER takes some 8 GB of weights that mean nothing. Neither Rust nor
# a network is needed; Python with torch is, and diffusers for the comparison of whole models. The last line says how many
# checks failed, and the exit status whether any did.
set -u
check=$1
folder=${2:-/tmp/imprint-against}
here=$(dirname "$0")
packages=$(python3 -c 'import os, torch; print(os.path.dirname(os.path.dirname(torch.__file__)))') || packages=
export IMPRINT_CUDA_PACKAGES="${IMPRINT_CUDA_PACKAGES:-$packages}"
"$check" --tiny || exit 1
if [ -n "$packages" ]; then
    PYTHONUNBUFFERED=1 python3 "$here/against_torch.py" "$folder" --compile || exit 1
    exec "$check" --against "$folder"
fi
exec "$check"

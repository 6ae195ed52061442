#!/bin/sh
# Installs Youju from this folder, without a network: sh install.sh [FOLDER], by default ~/youju.
# PYTHON=python3.12 names another Python than python3; it has to be that of the bundle.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
into=${1:-$HOME/youju}
python=${PYTHON:-python3}

(cd "$here" && sha256sum --check --quiet SHA256SUMS) || {
    echo "The archive is damaged: a wheel is not as it was packed. Copy it again." >&2
    exit 1
}
if [ -e "$into" ] && [ ! -x "$into/bin/python" ]; then
    echo "$into is there and is no installation of Youju: name another folder" >&2
    exit 1
fi
"$python" -m venv "$into" || {
    echo "$python cannot make an environment (Debian, Ubuntu: the package python3-venv)" >&2
    exit 1
}
"$into/bin/pip" install --quiet --disable-pip-version-check --no-index \
    --find-links "$here/wheels" --upgrade "$here"/wheels/youju-*.whl || {
    echo "The wheels do not fit $("$python" --version) on this system: the archive's name says" \
        "which they are for" >&2
    exit 1
}
echo "Installed. $into/bin/youju serve --sample opens it in the browser."

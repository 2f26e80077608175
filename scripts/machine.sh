#!/bin/sh
# Makes a virtual environment with the first Python on this machine that will do: 3.11 or newer, with venv.
# If there is none, the line that installs it is named, and the status is 3. Pango is the doctor's business.
#
#   machine.sh venv DIR        $PYTHON, if set, is the one to use
set -u

python_lines="\
  Debian 12+, Ubuntu 24.04+   sudo apt install python3 python3-venv
  Ubuntu 22.04                sudo apt install python3.11 python3.11-venv
  Fedora                      sudo dnf install python3
  macOS                       brew install python
  Windows                     winget install Python.Python.3.13"

lacking() { # what is wrong, the lines to type
    printf '\n%s\n\n%s\n\n' "$1" "$2" >&2
    exit 3
}

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
has_venv() { "$1" -c 'import venv; from ensurepip import version' >/dev/null 2>&1; }

make_venv() { # where
    recent=
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        is_recent "$python" || continue
        recent=$python
        has_venv "$python" || continue
        echo "Making $1 with $("$python" --version)."
        "$python" -m venv --clear "$1"
        exit
    done
    [ -z "$recent" ] || lacking "$recent cannot make virtual environments (venv). To install what it lacks:" "$python_lines"
    version=$("${PYTHON:-python3}" --version 2>/dev/null)
    lacking "handoutkit needs Python 3.11 or newer; ${PYTHON:-python3} is ${version:-missing}. To install one:" "$python_lines"
}

case ${1-} in
venv) make_venv "${2:?a folder}" ;;
*) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac

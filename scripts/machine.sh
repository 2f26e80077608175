#!/bin/sh
# What handoutkit needs of a machine and cannot install itself: Python 3.11 or newer with venv, and Pango.
# What is missing is named with the line that installs it, and the status is 3.
#
#   machine.sh venv DIR        make a virtual environment with the first Python that will do ($PYTHON, if set)
#   machine.sh pango PYTHON    can this Python's WeasyPrint find Pango?
set -u

python_lines="\
  Debian 12+, Ubuntu 24.04+   sudo apt install python3 python3-venv
  Ubuntu 22.04                sudo apt install python3.11 python3.11-venv
  Fedora                      sudo dnf install python3
  macOS                       brew install python
  Windows                     winget install Python.Python.3.13"

pango_lines="\
  Debian, Ubuntu   sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  Fedora           sudo dnf install pango
  macOS            brew install pango
  Windows          in an MSYS2 shell: pacman -S mingw-w64-x86_64-pango
                   then: set WEASYPRINT_DLL_DIRECTORIES=C:\\msys64\\mingw64\\bin"

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

check_pango() { # python
    trouble=$("$1" -W ignore -c 'import weasyprint' 2>&1 >/dev/null) && exit 0
    case $trouble in
    *"cannot load library"*) lacking "WeasyPrint lays out the pages with Pango, and this machine has none. To install it:" "$pango_lines" ;;
    *) printf '%s\n' "$trouble" >&2 && exit 1 ;;
    esac
}

case ${1-} in
venv) make_venv "${2:?a folder}" ;;
pango) check_pango "${2:?a Python}" ;;
*) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac

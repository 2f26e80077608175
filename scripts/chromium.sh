#!/bin/sh
# The browser that the app is tested in: what is there, else from the system's packages where they may be installed.
# Prints its path. Usage: chromium.sh
set -eu

found() {
  if [ -n "${HANDOUTKIT_BROWSER:-}" ]; then
    printf '%s\n' "$HANDOUTKIT_BROWSER"
    return
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge microsoft-edge-stable msedge; do
    command -v "$name" 2>/dev/null && return
  done
  for path in \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge" \
    "${PROGRAMFILES:-/c/Program Files}/Google/Chrome/Application/chrome.exe" \
    "/c/Program Files (x86)/Microsoft/Edge/Application/msedge.exe" \
    "/c/Program Files/Microsoft/Edge/Application/msedge.exe"; do
    [ -x "$path" ] && printf '%s\n' "$path" && return
  done
  return 1
}

may_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

install() {
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo -n"
  echo "Installing Chromium, in which the app is tested." >&2
  { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends chromium; } >&2
}

found && exit 0
if may_install && install && found; then
  exit 0
fi
{
  echo "The app is tested in a real browser, and none was found. Install Chromium, Chrome or Edge:"
  echo "  Debian, Ubuntu:  sudo apt-get install chromium"
  echo "  Fedora:          sudo dnf install chromium"
  echo "  macOS:           brew install --cask chromium"
  echo "  Windows:         winget install Google.Chrome"
  echo "or say where it is: HANDOUTKIT_BROWSER=/path/to/chrome make test"
} >&2
exit 3

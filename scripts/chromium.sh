#!/bin/sh
# The browser that the app is tested in: Chromium from the system's packages where they may be installed, else a
# Chromium, Chrome or Edge that is there, else what to install. HANDOUTKIT_BROWSER, where it is set, is taken before all.
# Prints its path. Usage: chromium.sh
set -eu

# A program of one of these names that runs; Ubuntu has a chromium-browser that only says where to get one.
named() {
  for name in "$@"; do
    path=$(command -v "$name") || continue
    "$path" --version >/dev/null 2>&1 || continue
    printf '%s\n' "$path"
    return
  done
  return 1
}

placed() {
  for path in "$@"; do
    [ -x "$path" ] || continue
    printf '%s\n' "$path"
    return
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
  {
    $as_root apt-get update -qq &&
      $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium
  } >&2
}

if [ -n "${HANDOUTKIT_BROWSER:-}" ]; then
  placed "$HANDOUTKIT_BROWSER" && exit 0
  echo "HANDOUTKIT_BROWSER names no program: $HANDOUTKIT_BROWSER" >&2
  exit 3
fi
named chromium && exit 0
if may_install && install; then
  named chromium && exit 0
fi
named chromium-browser google-chrome google-chrome-stable chrome microsoft-edge microsoft-edge-stable msedge && exit 0
placed \
  "/Applications/Chromium.app/Contents/MacOS/Chromium" \
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge" \
  "C:/Program Files/Google/Chrome/Application/chrome.exe" \
  "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe" \
  "C:/Program Files/Microsoft/Edge/Application/msedge.exe" && exit 0
{
  echo "The app is tested in a real browser, and none was found. Install Chromium, Chrome or Edge:"
  echo "  Debian:          sudo apt-get install chromium"
  echo "  Ubuntu:          sudo snap install chromium"
  echo "  Fedora:          sudo dnf install chromium"
  echo "  macOS:           brew install --cask chromium"
  echo "  Windows:         winget install Google.Chrome"
  echo "or say where it is: HANDOUTKIT_BROWSER=/path/to/chrome make test"
} >&2
exit 3

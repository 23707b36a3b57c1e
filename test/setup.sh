#!/bin/sh
# Makes a fresh checkout runnable: npm packages when the lock file is newer than what is installed, and the Debian packages named
# as arguments when they are missing. Prints nothing when there is nothing to do.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .releve
exec 9>.releve/setup.lock
command -v flock >/dev/null 2>&1 && flock 9

stamp=node_modules/.package-lock.json
if [ ! -f "$stamp" ] || [ package-lock.json -nt "$stamp" ]; then
  echo 'Installing npm packages (once, about a minute) ...' >&2
  npm ci --no-fund --no-audit --loglevel=error >&2
  touch "$stamp"
fi

missing=''
for package in "$@"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "This command needs the Debian or Ubuntu packages:$missing. Install them, or open the folder in its dev container (.devcontainer/)." >&2
  exit 1
fi
as_root=''
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "Run this once as root, then try again: apt-get install$missing" >&2
    exit 1
  fi
  as_root=sudo
fi
echo "Installing Debian packages (once):$missing ..." >&2
$as_root sh -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing" >.releve/apt.log 2>&1 9>&- || {
  tail -5 .releve/apt.log >&2
  echo "apt-get could not install:$missing. The whole output is in .releve/apt.log; install them by hand and try again." >&2
  exit 1
}

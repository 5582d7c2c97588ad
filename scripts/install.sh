#!/bin/sh
# Installs what is missing: `install.sh npm` the packages of package-lock.json, `install.sh test` what the tests need of
# Debian, `install.sh lighthouse` what `make lighthouse` needs besides. Says what it does; where it may not install, one line says what is missing.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

install_npm() {
  # npm ci would empty the folder that the link leads to, which others use.
  [ ! -L node_modules ] || die 'node_modules is a link to a folder of others: install there, or remove the link'
  command -v node >/dev/null 2>&1 || die 'Node.js 20 or newer is missing; install it (Debian: apt install nodejs npm)'
  [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ] ||
    die "Node.js 20 or newer is needed; this is $(node --version)"
  say 'Installing the npm packages (about a minute) ...'
  npm ci --no-audit --no-fund --loglevel=error >&2
}

# Packages whose command is missing, as "command:package package".
missing_packages() {
  for entry in "$@"; do
    command -v "${entry%%:*}" >/dev/null 2>&1 || printf '%s ' "${entry#*:}"
  done
}

install_debian() {
  packages=$(missing_packages "$@")
  [ -n "$packages" ] || return 0
  as_root=''
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || die "Missing: $packages- install them as root (apt-get install $packages)"
    as_root=sudo
  fi
  command -v apt-get >/dev/null 2>&1 || die "Missing: $packages- install them with your package manager"
  say "Installing $packages..."
  $as_root apt-get update -qq >&2
  # shellcheck disable=SC2086 # a list of words
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

case "${1:-}" in
  npm) install_npm ;;
  test)
    install_debian 'chromium:chromium fonts-noto-cjk fonts-liberation' 'firefox-esr:firefox-esr' 'python3:python3 python3-venv' 'redis-server:redis-server'
    node fixtures/python.ts
    node test/support/cdktf-cli.ts
    ;;
  # Where a system has no such package, the whole browser is measured.
  lighthouse) install_debian 'chromium-headless-shell:chromium-headless-shell' || say 'going on without it' ;;
  *) die 'usage: install.sh npm | test | lighthouse' ;;
esac

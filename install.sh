#!/bin/sh
# Installs cleat: takes the archive for this system, checks its checksum, and puts the program into a folder.
#   sh install.sh [--version VERSION] [--to FOLDER] [--from ADDRESS-OR-FOLDER]
# --to: $CLEAT_TO, else ~/.local/bin.   --from: $CLEAT_FROM, where the files of a release lie: an https address or a folder.
# --version: $CLEAT_VERSION, else the one that SHA256SUMS names.
set -eu

say() { printf 'install.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# ./pack writes here where the release lies
release=
to=${CLEAT_TO:-${HOME:-/usr/local}/.local/bin}
from=${CLEAT_FROM:-$release}
version=${CLEAT_VERSION:-}
while [ $# -gt 0 ]; do
  case $1 in
    --to | --from | --version) [ $# -gt 1 ] || fail "$1 wants a value" ;;
  esac
  case $1 in
    --to) to=$2; shift 2 ;;
    --from) from=$2; shift 2 ;;
    --version) version=${2#v}; shift 2 ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) fail "there is no option $1: --version, --to, --from" ;;
  esac
done

# beside the files of a release it needs no address
if [ -z "$from" ]; then
  here=$(dirname "$0")
  [ -e "$here/SHA256SUMS" ] || fail "where is the release? --from ADDRESS-OR-FOLDER (the page that this script comes from, without its name)"
  from=$here
fi
case $from in
  https://* | /* | . | ./* | ..*) ;;
  http://127.0.0.1:* | http://localhost:*) ;;
  http://*) fail "only https: an address without it could hand out any program with any checksum" ;;
  *) [ -d "$from" ] || fail "$from is no folder and no https address" ;;
esac

case $(uname -s) in
  Linux) system=linux ;;
  Darwin) system=osx ;;
  *) fail "there is no archive for $(uname -s): on Windows unpack the zip; elsewhere: dotnet tool install --global Cleat.Cli" ;;
esac
case $(uname -m) in
  x86_64 | amd64) machine=x64 ;;
  aarch64 | arm64) machine=arm64 ;;
  *) fail "there is no archive for $(uname -m): dotnet tool install --global Cleat.Cli" ;;
esac
if [ "$system" = linux ] && ls /lib/ld-musl-* >/dev/null 2>&1 && ! ls /lib*/ld-linux-* /lib/*/ld-linux-* >/dev/null 2>&1; then
  fail "the program wants glibc, and this system has musl: use the container image, or dotnet tool install --global Cleat.Cli"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

get() { # get NAME
  case $from in
    http*)
      # an https address stays one, through every redirect
      case $from in https*) protocols='=https' ;; *) protocols='=http,https' ;; esac
      if command -v curl >/dev/null 2>&1; then
        curl -fsSL --proto "$protocols" --retry 3 -o "$work/$1" "$from/$1"
      elif command -v wget >/dev/null 2>&1; then
        wget -S -O "$work/$1" "$from/$1" 2>"$work/answers" && { [ "$protocols" != '=https' ] || ! grep -qi '^ *location: *http:' "$work/answers"; }
      else
        fail "neither curl nor wget is here"
      fi || fail "$from/$1 cannot be had"
      ;;
    *) cp "$from/$1" "$work/$1" 2>/dev/null || fail "there is no $from/$1" ;;
  esac
}

sum() { # sum FILE
  if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$1" | cut -d' ' -f1
  elif command -v shasum >/dev/null 2>&1; then shasum -a 256 <"$1" | cut -d' ' -f1
  else fail "neither sha256sum nor shasum is here: nothing is installed unchecked"
  fi
}

get SHA256SUMS
if [ -z "$version" ]; then
  version=$(sed -n "s/^[0-9a-f]\{64\}  cleat-\(.*\)-$system-$machine\.tar\.gz\$/\1/p" "$work/SHA256SUMS" | head -n 1)
  [ -n "$version" ] || fail "SHA256SUMS of $from names no archive for $system-$machine"
fi
name=cleat-$version-$system-$machine
wanted=$(sed -n "s/^\([0-9a-f]\{64\}\)  $name\.tar\.gz\$/\1/p" "$work/SHA256SUMS")
[ -n "$wanted" ] || fail "SHA256SUMS of $from does not name $name.tar.gz"
get "$name.tar.gz"
[ "$(sum "$work/$name.tar.gz")" = "$wanted" ] || fail "the checksum of $name.tar.gz is not the one that SHA256SUMS has: nothing was installed"

tar -xzf "$work/$name.tar.gz" -C "$work"
mkdir -p "$to"
# a new file in the place of the old: one that runs is not disturbed
cp "$work/$name/cleat" "$to/.cleat-$$"
chmod 755 "$to/.cleat-$$"
mv "$to/.cleat-$$" "$to/cleat"
"$to/cleat" --version >/dev/null || fail "$to/cleat does not run here"
say "cleat $version is $to/cleat"
case :$PATH: in *":$to:"*) ;; *) say "that folder is not in PATH: export PATH=\"$to:\$PATH\"" ;; esac
if [ "$system" = linux ] && ! ls /usr/lib/*/libssl.so.3 /usr/lib*/libssl.so.3 /lib/*/libssl.so.3 /lib64/libssl.so.3 /usr/lib*/libssl.so.1.1 >/dev/null 2>&1; then
  say "check works; pin, update and verify want OpenSSL as well: apt-get install libssl3 ca-certificates"
fi

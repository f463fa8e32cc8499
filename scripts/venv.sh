# shellcheck shell=sh
# Sourced by ./docterm and ./test, in POSIX sh. `root` is the checkout.
#
# `ready docterm` and `ready test` see to it that .venv holds what the one or the other needs, and cost no process
# but `cmp` when it does. What was installed is remembered as a copy of pyproject.toml (.venv/installed.docterm,
# .venv/installed.test) and of the checkout's path (.venv/installed.at): a checkout that was copied or moved brings
# scripts along that lead to the old place. `.venv.lock` is there while an installation runs, and stays where one
# was interrupted or failed: the next call then makes .venv from scratch.

venv=$root/.venv
lock=$root/.venv.lock

ready() {
    is_ready "$1" || install "$1"
}

is_ready() {
    [ ! -e "$lock" ] && is_complete "$1"
}

is_complete() {
    [ -x "$venv/bin/python" ] && [ -x "$venv/bin/docterm" ] && is_here &&
        cmp -s "$root/pyproject.toml" "$venv/installed.$1"
}

is_here() {
    [ -r "$venv/installed.at" ] && IFS= read -r place <"$venv/installed.at" && [ "$place" = "$root" ]
}

install() {
    take_lock "$1" || return 0
    extra=
    [ "$1" = docterm ] || extra="[$1]"
    if [ "$fresh" = yes ] || ! is_usable; then
        find_python
        say "making $venv with $python"
        "$python" -m venv --clear "$venv" </dev/null >&2 || fail "The environment could not be made; see above."
    fi
    say "installing what docterm needs into .venv, once; this uses the network and takes about a minute"
    (cd "$root" && "$venv/bin/python" -Im pip install -q --disable-pip-version-check -e ".$extra" </dev/null >&2) ||
        fail "The installation failed; see above. It needs the network; the same command tries again."
    printf '%s\n' "$root" >"$venv/installed.at"
    cp "$root/pyproject.toml" "$venv/installed.docterm"
    [ "$1" = docterm ] || cp "$root/pyproject.toml" "$venv/installed.$1"
    rm -rf "$lock"
}

# Take the lock and set `fresh`; give 1 when another process has installed everything meanwhile.
take_lock() {
    fresh=no
    waiting=no
    while ! mkdir "$lock" 2>/dev/null; do
        [ -d "$lock" ] || fail "$root cannot be written, and .venv belongs there."
        if is_abandoned; then
            mv "$lock" "$lock.$$" 2>/dev/null && rm -rf "$lock.$$" && fresh=yes
            continue
        fi
        [ "$waiting" = yes ] || say "waiting for process $owner, which is installing here (if it is not: rm -r $lock)"
        waiting=yes
        sleep 1
    done
    echo $$ >"$lock/owner"
    if [ "$waiting" = yes ] && [ "$fresh" = no ] && is_complete "$1"; then
        rm -rf "$lock"
        return 1
    fi
}

is_abandoned() {
    owner=
    [ -r "$lock/owner" ] || sleep 1 # it was made this instant
    [ ! -r "$lock/owner" ] || read -r owner <"$lock/owner" || :
    [ -z "$owner" ] || ! kill -0 "$owner" 2>/dev/null
}

# Say whether .venv can be installed into as it is: it belongs to this checkout, or to nobody, and its Python works.
is_usable() {
    [ ! -e "$venv/installed.at" ] || is_here || return 1
    "$venv/bin/python" -Ic "import sys, pip; sys.exit(sys.version_info < (3, 11))" </dev/null >/dev/null 2>&1
}

# Set `python` to one that is new enough and can make environments. A name on the PATH proves nothing: it is run.
find_python() {
    without_venv=
    for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
        python=$("$name" -Ic "$probe" </dev/null 2>/dev/null) && [ -n "$python" ] || continue
        case $python in
        -*) without_venv=${without_venv:-${python#-}} ;;
        *) return ;;
        esac
    done
    rm -rf "$lock"
    [ -z "$without_venv" ] || fail "$without_venv has no venv module. On Debian and Ubuntu: apt install python3-venv"
    fail "docterm needs Python 3.11 or newer, and there is none on the PATH. https://www.python.org/downloads has it."
}

probe='
import os, sys
if sys.version_info < (3, 11):
    sys.exit(1)
path = os.path.realpath(sys.executable)
try:
    import ensurepip, venv
except ImportError:
    path = "-" + path
print(path)
'

say() {
    printf 'docterm: %s\n' "$1" >&2
}

fail() {
    printf '%s\n' "$1" >&2
    exit 3
}

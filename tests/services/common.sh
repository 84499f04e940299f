# What every service script needs. In: TRACED_SERVICES, the directory of this run. Out: functions; nothing runs by reading this file.
# A service keeps its data, log, pid and address in $TRACED_SERVICES/NAME, listens on 127.0.0.1 alone and is stopped by its own pid.

set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
services=${TRACED_SERVICES:?names the directory of this run}

# A port that nobody listens on.
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_until SECONDS WHAT COMMAND..: runs the command until it succeeds.
wait_until() {
    local deadline=$(($(date +%s) + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        if [ "$(date +%s)" -ge "$deadline" ]; then
            echo "$what is not ready in time" >&2
            return 1
        fi
        sleep 0.1
    done
}

accepts() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1")
}

# install PROGRAM PACKAGE..: the Debian packages, if the program is not there yet.
install() {
    local program=$1
    shift
    if ! command -v "$program" >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    fi
}

# stop_pid FILE: ends that process and waits until it is gone.
stop_pid() {
    local pid
    [ -s "$1" ] || return 0
    pid=$(cat "$1")
    kill "$pid" 2>/dev/null || return 0
    wait_until 20 "the end of process $pid" is_gone "$pid" || kill -KILL "$pid"
}

# A process that ended and was not waited for is gone as well.
is_gone() {
    ! [ -e "/proc/$1/stat" ] || grep -q '^[0-9]* (.*) Z' "/proc/$1/stat"
}

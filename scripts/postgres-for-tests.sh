#!/bin/sh
# A real Postgres 17 with pgvector, for tests.
#
#   scripts/postgres-for-tests.sh start [PORT]   starts it, or finds it running, and prints the URL for TEST_DATABASE_URL
#   scripts/postgres-for-tests.sh restart [PORT] stops it and starts it again, with what it holds
#   scripts/postgres-for-tests.sh stop [PORT]    stops it
#
# Where a Docker engine answers, it runs the image pgvector/pgvector:pg17. Elsewhere, as root on Debian, it keeps a small
# Debian of its own in $XDG_CACHE_HOME or /var/cache (about 90 seconds to make, once). It listens on 127.0.0.1 alone,
# offers TLS with a certificate for localhost, and gives up durability for speed: nothing in it is worth keeping. With
# POSTGRES_DURABLE=1 it waits for the disk as Postgres does by itself, for benches of what that costs; on a port of its own,
# since one that runs already stays as it is.
set -eu

command=${1:-start}
port=${2:-54329}
name=digital-twin-postgres-$port
cache=${XDG_CACHE_HOME:-/var/cache}/digital-twin
tree=$cache/postgres-17
data=/var/lib/postgresql/twin-tests/$port
bin=/usr/lib/postgresql/17/bin
settings='-c max_connections=200 -c shared_buffers=128MB'
[ "${POSTGRES_DURABLE:-}" = 1 ] || settings="$settings -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
# Without TLS this one role is turned away, so that tests can meet a server that insists on it.
tls_rule='hostnossl all twin_tls_only all reject'
# Speaks for localhost and not for 127.0.0.1, so that tests can meet a certificate for another name.
certificate='openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=localhost -addext subjectAltName=DNS:localhost'

say() { echo "$*" >&2; }
fail() {
  say "postgres-for-tests: $*"
  exit 1
}

docker_answers() { command -v docker >/dev/null && docker info >/dev/null 2>&1; }
in_tree() { chroot "$tree" su postgres -s /bin/sh -c "$1"; }

wait_until() {
  attempts=120
  until "$@" >/dev/null 2>&1; do
    attempts=$((attempts - 1))
    [ "$attempts" -gt 0 ] || return 1
    sleep 0.5
  done
}

# ---- in Docker

docker_ready() { docker exec "$name" pg_isready -h 127.0.0.1 -U postgres; }

docker_start() {
  docker_ready >/dev/null 2>&1 && return
  say "Starting pgvector/pgvector:pg17 in Docker …"
  docker rm -f "$name" >/dev/null 2>&1 || true
  docker run -d --rm --name "$name" -e POSTGRES_PASSWORD=postgres -p "127.0.0.1:$port:5432" \
    --entrypoint sh pgvector/pgvector:pg17 -c "
      $(echo $certificate) -keyout /tmp/server.key -out /tmp/server.crt 2>/dev/null &&
        chown postgres /tmp/server.key /tmp/server.crt && chmod 600 /tmp/server.key &&
        tls='-c ssl=on -c ssl_cert_file=/tmp/server.crt -c ssl_key_file=/tmp/server.key'
      exec docker-entrypoint.sh postgres $settings \$tls" >/dev/null
  wait_until docker_ready || fail "the container did not get ready: docker logs $name"
  docker exec -u postgres "$name" sh -c "sed -i '1i $tls_rule' \"\$PGDATA/pg_hba.conf\" && pg_ctl reload" >/dev/null
}

docker_restart() {
  docker restart "$name" >/dev/null || fail "the container did not restart: docker logs $name"
  wait_until docker_ready || fail "the container did not get ready: docker logs $name"
}

docker_stop() { docker rm -f "$name" >/dev/null 2>&1 || true; }

# ---- in a Debian of its own

make_tree() {
  [ -e "$tree/.complete" ] && return
  [ "$(id -u)" = 0 ] || fail "no Docker engine answers, and making a Debian folder takes root"
  command -v apt-get >/dev/null || fail "no Docker engine answers, and this is not Debian"
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || fail "found no Debian mirror in the machine's apt sources"
  if ! command -v debootstrap >/dev/null; then
    say "Installing debootstrap …"
    apt-get install -y -q debootstrap >&2
  fi
  say "Making a Debian folder with Postgres 17 and pgvector in $tree (once, about 90 seconds) …"
  rm -rf "$tree" "$tree.unfinished"
  mkdir -p "$cache"
  debootstrap --variant=minbase --include=postgresql-17,postgresql-17-pgvector,openssl trixie "$tree.unfinished" "$mirror" \
    >"$cache/debootstrap.log" 2>&1 || fail "debootstrap failed: see $cache/debootstrap.log"
  touch "$tree.unfinished/.complete"
  mv "$tree.unfinished" "$tree"
}

# The mirror this machine already installs from, in either format of apt's sources; security archives aside.
debian_mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    grep -E '^(deb |URIs:)' | grep -oE '(https?|file)://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' '
}

tree_ready() { in_tree "$bin/pg_isready -q -h 127.0.0.1 -p $port"; }

make_cluster() {
  [ -e "$tree$data/.complete" ] && return
  say "Creating the database cluster …"
  rm -rf "${tree:?}$data"
  mkdir -p "$tree$data"
  chroot "$tree" chown postgres "$data"
  in_tree "
    set -e
    echo postgres >/tmp/twin-password
    $bin/initdb -D $data --username=postgres --pwfile=/tmp/twin-password --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8
    sed -i '1i $tls_rule' $data/pg_hba.conf
    $(echo $certificate) -keyout $data/server.key -out $data/server.crt
    chmod 600 $data/server.key
    touch $data/.complete" >"$cache/initdb.log" 2>&1 || fail "initdb failed: see $cache/initdb.log"
}

tree_start() {
  make_tree
  tree_ready && return
  make_cluster
  say "Starting Postgres 17 on port $port …"
  in_tree "$bin/pg_ctl -D $data -w -t 60 -l $data/server.log start -o '-p $port -k /tmp -c listen_addresses=127.0.0.1 -c ssl=on $settings'" \
    >/dev/null </dev/null || fail "the server did not start: see $tree$data/server.log"
}

tree_restart() {
  in_tree "$bin/pg_ctl -D $data -w -t 60 -m fast -l $data/server.log restart" >/dev/null </dev/null ||
    fail "the server did not restart: see $tree$data/server.log"
}

tree_stop() {
  [ -e "$tree$data/postmaster.pid" ] || return 0
  in_tree "$bin/pg_ctl -D $data -w -m fast stop" >/dev/null || fail "the server did not stop: see $tree$data/server.log"
}

case $command in
start)
  if docker_answers; then docker_start; else tree_start; fi
  echo "postgres://postgres:postgres@127.0.0.1:$port/postgres"
  ;;
restart)
  if docker_answers; then docker_restart; else tree_restart; fi
  say "Restarted."
  ;;
stop)
  if docker_answers; then docker_stop; else tree_stop; fi
  say "Stopped."
  ;;
*)
  fail "unknown command '$command': use start, restart or stop"
  ;;
esac

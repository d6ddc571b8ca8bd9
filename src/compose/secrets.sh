#!/bin/sh
# Makes what the compose profiles `scaled` and `cluster` keep secret, once: the master key, passwords, an authority with
# a certificate for each server of EventStoreDB, and the addresses that Satchel is given. Nothing is made anew.
#
#   sh src/compose/secrets.sh scaled|cluster [directory, `secrets` by default]
set -eu
profile="${1:-}"
secrets="${2:-secrets}"
case "$profile" in
  scaled) servers="eventstore" ;;
  cluster) servers="eventstore-1 eventstore-2 eventstore-3" ;;
  *)
    echo "Name a profile: sh src/compose/secrets.sh scaled|cluster" >&2
    exit 1
    ;;
esac
mkdir -p "$secrets/$profile"
# The files in it can be read by whoever gets there: the containers' users are not the one here.
chmod 700 "$secrets" "$secrets/$profile"
cd "$secrets"
# Both profiles and the default one have this in common; whoever has it has the personal data.
[ -e master_key ] || openssl rand -hex 32 > master_key
cd "$profile"
if [ -e eventstore_address ]; then
  echo "$secrets/$profile holds secrets already; they are left as they are" >&2
  exit 1
fi

for password in eventstore_admin_password eventstore_ops_password postgres_password; do
  openssl rand -hex 24 > "$password"
done

openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=satchel-eventstore-ca' \
  -keyout ca.key -out ca.crt 2> /dev/null
hosts=""
for server in $servers; do
  # The name that EventStoreDB expects of all its nodes; they are told apart by the others.
  openssl req -newkey rsa:2048 -nodes -subj '/CN=eventstoredb-node' \
    -keyout "$server.key" -out "$server.csr" 2> /dev/null
  cat > "$server.ext" << EXTENSIONS
subjectAltName = DNS:$server, DNS:localhost, IP:127.0.0.1
extendedKeyUsage = serverAuth, clientAuth
keyUsage = digitalSignature, keyEncipherment
EXTENSIONS
  openssl x509 -req -in "$server.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 -extfile "$server.ext" \
    -out "$server.crt" 2> /dev/null
  rm "$server.csr" "$server.ext"
  hosts="$hosts${hosts:+,}$server:2113"
done

# Compose mounts these files as they are, past the directories.
chmod 644 ../master_key ./*_password ./*.crt ./eventstore*.key
chmod 600 ca.key
database=postgres
[ "$profile" = scaled ] || database="$profile-postgres"
printf 'postgres://satchel:%s@%s:5432/satchel\n' "$(cat postgres_password)" "$database" > postgres_address
# Last: it is the mark that all the others are there.
printf 'esdb://admin:%s@%s\n' "$(cat eventstore_admin_password)" "$hosts" > eventstore_address
chmod 644 postgres_address eventstore_address
echo "Made in $secrets/$profile. Keep ca.key apart: it signs certificates that Satchel trusts." >&2

#!/bin/sh
# Makes the secrets of the compose profile `scaled`, once: passwords of EventStoreDB, a certificate authority with a
# certificate for the server, and the address that Satchel is given. Nothing that exists is made anew.
set -eu
directory="${1:-secrets/eventstore}"
mkdir -p "$directory"
cd "$directory"
if [ -e address ]; then
  echo "$directory holds secrets already; they are left as they are" >&2
  exit 1
fi

openssl rand -hex 24 > admin_password
openssl rand -hex 24 > ops_password

openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=satchel-eventstore-ca' \
  -keyout ca.key -out ca.crt 2> /dev/null
# The name that EventStoreDB expects of its nodes.
openssl req -newkey rsa:2048 -nodes -subj '/CN=eventstoredb-node' -keyout node.key -out node.csr 2> /dev/null
cat > node.ext << 'EXTENSIONS'
subjectAltName = DNS:eventstore, DNS:localhost, IP:127.0.0.1
extendedKeyUsage = serverAuth, clientAuth
keyUsage = digitalSignature, keyEncipherment
EXTENSIONS
openssl x509 -req -in node.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 -extfile node.ext \
  -out node.crt 2> /dev/null
rm node.csr node.ext

# Compose mounts these files as they are, and the containers' users are not the one here.
chmod 644 admin_password ops_password ca.crt node.crt node.key
chmod 600 ca.key
# Last: it is the mark that all the others are there.
printf 'esdb://admin:%s@eventstore:2113\n' "$(cat admin_password)" > address
chmod 644 address
echo "Made in $directory. Keep ca.key apart: it signs certificates that Satchel trusts." >&2

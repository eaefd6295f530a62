#!/usr/bin/env bash
# A server that speaks MongoDB's wire protocol, for the store's contract where MongoDB itself cannot be installed. Needs Java 17 and Maven.
# Prints one line, its MONGODB_URI, and serves from memory until this process is ended. The port is a free one.
#
#   .ci/mongodb-server.sh > uri & ; MONGODB_URI=$(cat uri) npx jest test/store ; kill %1
#
# mongo-java-server was taken because it keeps single-document changes atomic: of eight clients claiming one document exactly one wins.
# FerretDB 1.24 on SQLite was tried first and let several win.
set -euo pipefail

version=1.47.0
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jars="${TIEOUT_CACHE:-$HOME/.cache/tieout}/mongo-java-server-$version"

if [ ! -e "$jars/complete" ]; then
  project=$(mktemp -d)
  trap 'rm -rf "$project"' EXIT
  cat > "$project/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tieout</groupId><artifactId>mongodb-server</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>de.bwaldvogel</groupId><artifactId>mongo-java-server</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
  mkdir -p "$jars"
  mvn -q -B -f "$project/pom.xml" dependency:copy-dependencies -DoutputDirectory="$jars" 1>&2
  touch "$jars/complete"
  rm -rf "$project"
  trap - EXIT
fi

exec java -cp "$jars/*" "$here/MongodbServer.java"

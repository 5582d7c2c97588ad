#!/bin/sh
# Makes 0000_initial.sql anew from drizzle/tables and the hand-written parts beside this file. Only until the first release: after that a
# migration is added by `make migration`, and the ones that are out there stay as they are.
set -eu
cd "$(dirname "$0")/../.."
rm -rf drizzle/migrations
node_modules/.bin/drizzle-kit generate --name initial
made=drizzle/migrations/0000_initial.sql
{ cat drizzle/initial/before.sql "$made" drizzle/initial/after.sql; } > "$made.new"
mv "$made.new" "$made"

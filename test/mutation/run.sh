#!/usr/bin/env bash
# Mutation testing of event patterns: fails when fewer than 90 % of the mutants are killed, and writes the counts into
# engine/mutation.md when all files were mutated. Results of unchanged code and tests are taken from the run before.
# That holds for constants of a module too, whatever tests were added: `--force` tries them again.
# Usage: npm run test:mutation [-- <options of `stryker run`, such as --mutate engine/src/pattern/wildcard.ts>]
set -eu -o pipefail
cd "$(dirname "$0")/../.."
# Stryker is no dependency of the repository: 167 packages, 64 MB, that `npm ci` would cost everybody.
[ test/mutation/node_modules/.package-lock.json -nt test/mutation/package-lock.json ] || npm ci --silent --prefix test/mutation
nice -n 10 test/mutation/node_modules/.bin/stryker run test/mutation/stryker.config.json "$@"
[ "$#" -gt 0 ] || npx tsx test/mutation/write-counts.ts

#!/bin/sh
# Makes .releve/releve.zip, the package that is deployed: the built code and the packages it runs on, exactly those of package-lock.json.
set -eu
cd "$(dirname "$0")/.."
command -v zip >/dev/null 2>&1 || {
  echo 'The package is made with zip, which is not installed here. Install it (apt-get install zip), then try again.' >&2
  exit 1
}
npm run --silent build
rm -rf .releve/package .releve/releve.zip
mkdir -p .releve/package
cp -R dist host.json package.json package-lock.json .npmrc .releve/package/
# The local host that is built beside the functions stays here.
rm -rf .releve/package/dist/test
npm ci --omit=dev --ignore-scripts --no-fund --no-audit --loglevel=error --prefix .releve/package >&2
(cd .releve/package && zip -qry ../releve.zip .)
echo '.releve/releve.zip'

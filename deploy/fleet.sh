#!/bin/sh
# Runs for cron what is due of a table of sites: logs to a file, and speaks up (cron sends it by mail) only where somebody must look.
#
#     fleet.sh SITES.toml [OPTIONS OF scrapy fleet]
#
# Environment: NEWSSCRAPER_HOME (this checkout), NEWSSCRAPER_LOG (folder for logs; default: log in the checkout).
set -u
home=${NEWSSCRAPER_HOME:-$(cd "$(dirname "$0")/.." && pwd)}
logs=${NEWSSCRAPER_LOG:-$home/log}
: "${1:?which table? fleet.sh SITES.toml [OPTIONS]}"
mkdir -p "$logs" || exit 3
cd "$home" || exit 3

log=$logs/fleet.log
# Two files of 10 MB, so that a year of rounds does not fill the disk.
if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt 10000000 ]; then mv -f "$log" "$log.1"; fi
said=$(mktemp) || exit 3
trap 'rm -f "$said"' EXIT
"$home/.venv/bin/scrapy" fleet "$@" --once --logfile "$log" 2>"$said"
code=$?
cat "$said" >>"$log"
case $code in
0 | 2 | 4) ;; # fine; partial: the next round makes it good; the last round is not over yet
*) # nothing crawled, wrong usage, or worse
    echo "newsscraper: the round of $1 ended with exit code $code"
    tail -n 20 "$said"
    echo "The whole log: $log"
    ;;
esac
exit $code

#!/bin/sh
# Crawls one site for cron: logs to a file, and speaks up (cron sends it by mail) only where somebody must look.
#
#     crawl.sh SPIDER [ARGUMENTS OF scrapy crawl]
#
# Environment: NEWSSCRAPER_HOME (this checkout), NEWSSCRAPER_LOG (folder for logs; default: log in the checkout).
set -u
home=${NEWSSCRAPER_HOME:-$(cd "$(dirname "$0")/.." && pwd)}
logs=${NEWSSCRAPER_LOG:-$home/log}
spider=${1:?which spider? crawl.sh SPIDER [ARGUMENTS]}
mkdir -p "$logs" || exit 3
cd "$home" || exit 3

log=$logs/$spider.log
# Two files of 10 MB a spider, so that a year of crawls does not fill the disk.
if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt 10000000 ]; then mv -f "$log" "$log.1"; fi
summary=$(mktemp) || exit 3
trap 'rm -f "$summary"' EXIT
"$home/.venv/bin/scrapy" crawl "$@" --logfile "$log" 2>"$summary"
code=$?
cat "$summary" >>"$log"
case $code in
0 | 2 | 4) ;; # fine; partial: the next run makes it good; another run holds the site: it will finish
*) # nothing crawled, wrong usage, or worse
    echo "newsscraper: crawling $spider ended with exit code $code"
    tail -n 20 "$summary"
    echo "The whole log: $log"
    ;;
esac
exit $code

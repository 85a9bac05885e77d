#!/bin/sh
# Makes the papers of the workbooks in inputs, says whether they are ready, and waits.
cd "$(dirname "$0")" || exit 2
python={{ quoted }}
if [ -x "$python" ]; then
    "$python" -P -m pipeline build "$@"
elif command -v papers >/dev/null; then
    papers build "$@"
else
    echo "The papers command is not installed on this machine: see README.txt."
    false
fi
outcome=$?
printf '\nPress Enter to close. '
read -r _
exit $outcome

# Usage: flock LOCK sh keep-lock.sh LOCK OWNER, with a pipe from the set-up that wants the lock as standard input.
#
# Runs once the lock is there. Each line of the pipe names the process groups of the tools that the set-up runs just
# now. The pipe ends when the set-up lets go, or however it dies: an orphaned `npm ci` would go on writing into the
# folder that the next set-up fills, so what still runs is ended before the lock is free.
echo "$2" >"$1"
echo held
groups=
while read -r line; do groups=$line; done
for group in $groups; do kill -s KILL -- "-$group"; done

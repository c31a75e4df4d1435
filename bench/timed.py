"""Runs a command and prints, as one line of JSON, its exit status, wall clock and peak resident memory.

usage: timed.py COMMAND [ARGUMENT ...]
The command's standard output goes to standard error, so that this program's own line stands alone.
Peak memory is that of the largest process of the command, as the kernel counts it (ru_maxrss).
"""
import json, resource, subprocess, sys, time

start = time.monotonic()
status = subprocess.call(sys.argv[1:], stdout=sys.stderr)
seconds = time.monotonic() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
print(json.dumps({'status': status, 'seconds': seconds, 'peakBytes': peak}))

"""Unpacks chosen members of a zip file, streaming, with their modes.

Usage: extract_zip.py ARCHIVE DESTINATION --include PATTERN... --exclude PATTERN...
Node has no zip reader of its own, and this runs before any package is there. zipfile checks each member's CRC.
"""
import argparse
import fnmatch
import os
import shutil
import stat
import sys
import zipfile


def is_wanted(name, include, exclude):
    if not any(fnmatch.fnmatchcase(name, pattern) for pattern in include):
        return False
    return not any(fnmatch.fnmatchcase(name, pattern) for pattern in exclude)


def extract(archive, member, destination):
    target = os.path.realpath(os.path.join(destination, member.filename))
    if not target.startswith(os.path.realpath(destination) + os.sep):
        raise ValueError("unsafe path in archive: " + member.filename)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with archive.open(member) as source, open(target, "wb") as sink:
        shutil.copyfileobj(source, sink, 1 << 22)
    mode = stat.S_IMODE(member.external_attr >> 16)
    if mode:
        os.chmod(target, mode)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("archive")
    parser.add_argument("destination")
    parser.add_argument("--include", nargs="+", default=["*"])
    parser.add_argument("--exclude", nargs="*", default=[])
    options = parser.parse_args()

    found = False
    with zipfile.ZipFile(options.archive) as archive:
        for member in archive.infolist():
            if member.is_dir() or not is_wanted(member.filename, options.include, options.exclude):
                continue
            extract(archive, member, options.destination)
            found = True
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())

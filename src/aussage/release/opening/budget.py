"""How much a bundle from a stranger may unpack to; far above what an honest corpus needs."""

from __future__ import annotations

MOST_ENTRIES = 100_000  # a bundle has some sixty files; a directory of so many is read in well under a second
MOST_DIRECTORY = 128 << 20  # bytes of the zip's directory, which is held in memory: entries with names of 1 kB
MOST_UNPACKED = 200 * 10**9  # bytes; a corpus of 30 million rows with texts and CSV takes a tenth of it
MOST_RATIO = 250  # unpacked to packed, of a larger file: deflate reaches 1032, CSV that repeats itself some 30
SMALL = 16 << 20  # bytes up to which the ratio does not matter
MOST_MANIFEST = 64 << 20  # bytes of manifest.json and codebook.json, which are read at once
SPARE_DISK = 500 << 20  # bytes that stay free on the disk to which is unpacked
PIECE = 1 << 20  # bytes that are unpacked at once

"""What a bundle is packed in: a BagIt folder, a zip that is the same everywhere, CSV that no spreadsheet runs."""

from aussage.release.packing.bag import PackingError, verify_bag, write_bag
from aussage.release.packing.csv_files import write_csv
from aussage.release.packing.zip_file import write_zip

__all__ = ["PackingError", "verify_bag", "write_bag", "write_csv", "write_zip"]

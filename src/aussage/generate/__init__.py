"""Files that are generated from a source elsewhere: which there are, and writing them whole."""

from aussage.generate.files import schema_files, write_files
from aussage.generate.pictures import picture_files
from aussage.generate.readme import readme_file

__all__ = ["picture_files", "readme_file", "schema_files", "write_files"]

"""`docs/pictures/`: charts of the built corpus for the README."""

from importlib.util import find_spec
from pathlib import Path

FOLDER = Path("docs") / "pictures"


def picture_files(root: Path, corpus_folder: Path) -> dict[Path, bytes]:
    """Path and content of the pictures of a project that has a folder for them and whose corpus has been built.

    Without the extra `notebooks` there are none, since nothing could draw them.
    """
    is_drawn = find_spec("altair") and find_spec("vl_convert")
    if not is_drawn or not (root / FOLDER).is_dir() or not (corpus_folder / "manifest.json").is_file():
        return {}
    from aussage.corpus import load
    from aussage.view.charts import readme_pictures

    return {root / FOLDER / name: data for name, data in readme_pictures(load(corpus_folder)).items()}

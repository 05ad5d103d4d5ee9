"""`aussage read`: a corpus as one HTML file in which a person reads the articles and what was coded in them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aussage.cli.common import json_option, project_argument, root_of, shown

if TYPE_CHECKING:
    from aussage.corpus import Corpus
    from aussage.view.reader import Chart

DEFAULT = Path("build") / "reader.html"


@click.command("read")
@project_argument
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.  [default: build/reader.html in PROJECT]",
)
@click.option("--open", "open_", is_flag=True, help="Open the file in the browser.")
@click.option("--charts/--no-charts", default=True, help="Whether charts of the corpus go in too.  [default: charts]")
@json_option
def command(project: Path, out: Path | None, open_: bool, charts: bool, as_json_: bool) -> None:
    """Make one HTML file to read the built corpus of PROJECT in.

    The file holds all articles, claims, coders and definitions; it loads nothing from outside and can be passed on as
    it is. Charts need the extra aussage[notebooks]; without it there are none. PROJECT may also be the folder of a
    corpus itself; then the default is reader.html in the current folder.
    Exit code 1 if there is no corpus that can be read.
    """
    from aussage.cli.output_files import examine_output, write_output
    from aussage.corpus import CorpusError, load
    from aussage.corpus.loading import MANIFEST
    from aussage.diagnostics.printing import dumps, visible
    from aussage.view.reader import reader_page

    is_corpus = (project / MANIFEST).is_file()
    root = project if is_corpus else root_of(project)
    try:
        corpus = load(root)
        if out is None:
            out = Path("reader.html") if is_corpus else root / DEFAULT
            out.parent.mkdir(exist_ok=True)
        examine_output("--out", out, corpus.folder)
        page = reader_page(corpus, _drawn(corpus) if charts else ())
    except (CorpusError, OSError) as error:
        if as_json_:
            click.echo(dumps({"ok": False, "error": str(error)}))
        else:
            click.echo(f"error: {visible(str(error))}", err=True)
        sys.exit(1)
    data, articles = page.encode(), len(corpus.table("documents"))
    write_output("--out", out, data)
    if as_json_:
        click.echo(dumps({"ok": True, "file": str(out), "articles": articles, "bytes": len(data)}))
    else:
        noun = "article" if articles == 1 else "articles"
        click.echo(f"wrote {shown(out)}: {articles:,} {noun}, {len(data) / 1000:,.0f} kB; open it in any browser")
    if open_:
        import webbrowser

        webbrowser.open(out.absolute().as_uri())


def _drawn(corpus: "Corpus") -> "list[Chart]":
    """The charts of the corpus; none without the packages that draw them."""
    from importlib.util import find_spec

    if not (find_spec("altair") and find_spec("vl_convert")):
        return []
    from aussage.view.charts import reader_charts
    from aussage.view.reader import Chart

    if sys.stderr.isatty():
        click.echo("drawing charts …", err=True)
    return [Chart(*chart) for chart in reader_charts(corpus)]

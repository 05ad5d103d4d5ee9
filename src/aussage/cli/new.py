"""`aussage new`: begin a project of your own."""

import sys
from pathlib import Path

import click

from aussage.cli.common import json_option, print_findings, print_json, shown


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the corpus, as an id.  [default: made from the folder's name]")
@click.option("--title", help="Title of the corpus.  [default: its name]")
@click.option("--language", "languages", multiple=True, help="Language of the articles, as en; may be repeated.")
@click.option("--codebook", help="Codebook to start from: aussage, minimal, or a file.  [default: aussage]")
@click.option("--creator", help="Who makes the corpus; a person as »Family, Given«.")
@click.option("--licence", help="Licence of the annotations.  [default: CC-BY-4.0]")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; take the defaults.")
@json_option
def command(folder: Path, languages: tuple[str, ...], yes: bool, as_json_: bool, **given: str | None) -> None:
    """Begin a project of your own in DIR, which must be new or empty.

    It has the layout of the corpus that comes with Aussage, no article yet, and builds and passes its own tests at
    once. What no option says is asked for in a terminal; elsewhere, and with --yes, the defaults are taken: English,
    the codebook of Aussage without its issues, CC BY 4.0. A creator who is a person becomes the first coder.
    """
    from aussage.beginning import Answers, begin
    from aussage.diagnostics import Diagnostics
    from aussage.intake.article import slug

    asks = not yes and not as_json_ and sys.stdin.isatty()
    wanted = {name: value for name, value in given.items() if value is not None}

    def answer(name: str, question: str, default: str) -> str:
        if name not in wanted:
            wanted[name] = click.prompt(question, default=default, err=True) if asks else default
        return wanted[name]

    name = answer(
        "name", "Name of the corpus (small letters, digits, hyphens)", slug(folder.absolute().name) or "corpus"
    )
    title = answer("title", "Title", name)
    if not languages:
        asked = click.prompt("Language of the articles", default="en", err=True) if asks else "en"
        languages = tuple(asked.replace(",", " ").split())
    codebook = answer("codebook", "Codebook (aussage, minimal, or a file)", "aussage")
    creator = answer("creator", "Who makes it (a person as Family, Given)", f"The project {title}")
    licence = answer("licence", "Licence of the annotations", "CC-BY-4.0")
    diagnostics = Diagnostics()
    made = begin(folder, Answers(name, title, list(languages), creator, licence, codebook), diagnostics)
    if as_json_:
        print_json(diagnostics, folder=shown(folder) if made else None)
    else:
        print_findings(diagnostics)
        if made:
            click.echo(f"made {shown(folder)}; next: cd {shown(folder)}, then aussage add ARTICLE")
    sys.exit(0 if made else 1)

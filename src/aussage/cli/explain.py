"""`aussage explain`: what a code means."""

import click

from aussage.cli.common import json_option
from aussage.diagnostics.printing import dumps


@click.command("explain")
@click.argument("code", required=False)
@json_option
def command(code: str | None, as_json_: bool) -> None:
    """Say what the CODE of a finding means and how to mend it; without CODE, list all codes."""
    from aussage.check.rules import RULES
    from aussage.diagnostics import CATALOGUE, nearest

    known = {entry.code: (entry.severity, entry.meaning, entry.mend) for entry in CATALOGUE.values()}
    known |= {rule.code: (rule.level, rule.message, rule.why) for rule in RULES.values()}
    if code is not None and code not in known:
        near = nearest(code, known)
        raise click.BadParameter(f"there is no code {code!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    chosen = {code: known[code]} if code else known
    if as_json_:
        click.echo(dumps([{"code": c, "level": str(k[0]), "meaning": k[1], "mend": k[2]} for c, k in chosen.items()]))
        return
    for name, (level, meaning, mend) in chosen.items():
        click.echo(f"{name} ({level})\n  {meaning}\n  {mend}")

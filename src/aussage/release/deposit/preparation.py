"""Everything that is examined before anything is sent: bundle, project, token, server; all problems at once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from aussage.release.deposit.bundle_file import Bundle, read_bundle, require
from aussage.release.deposit.finding import Known
from aussage.release.deposit.plan import Plan
from aussage.release.deposit.token import Token, find_token
from aussage.release.deposit.wire import LOCAL

ADDRESSES = {False: "https://zenodo.org", True: "https://sandbox.zenodo.org"}
OVERRIDE = "AUSSAGE_DEPOSIT_URL"  # another server of the same API, for tests


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a deposit needs, found to be in order; `project` is the file that DOIs are written to, if they are kept."""

    plan: Plan
    token: Token
    base: str
    known: Known
    project: Path | None


def prepare(bundle: Path, *, sandbox: bool, today: date) -> Prepared:
    """Examine a bundle and what surrounds it.

    The project is the one around the bundle, else around the current folder. The sandbox is a rehearsal: its DOIs
    mean nothing elsewhere and may be deleted at any time, so the project's DOIs neither count there nor are written.

    Raises:
        Refused: anything stands against the deposit; nothing was sent.
    """
    read = read_bundle(bundle, today)
    problems: list[str] = []
    known, project = Known(), None
    if not sandbox:
        project, known, problems = _project(bundle, read)
    token = find_token(sandbox)
    if isinstance(token, str):
        problems.append(token)
    base = os.environ.get(OVERRIDE, "").rstrip("/")
    if base and urlsplit(base).hostname not in LOCAL:
        problems.append(f"{OVERRIDE} is for a server on this computer only; unset it")
    plan = require(read, problems)
    assert isinstance(token, Token)
    return Prepared(plan, token, base or ADDRESSES[sandbox], known, project)


def _project(bundle: Path, read: Bundle) -> tuple[Path | None, Known, list[str]]:
    """The project's file, what it knows of earlier deposits, and what stands against this one."""
    from aussage.diagnostics import Diagnostics, as_text
    from aussage.project import FILE, find_project, read_project
    from aussage.source import Project

    around = (find_project(bundle.absolute().parent), find_project(Path.cwd()))
    root = next((root for root in around if (root / FILE).is_file()), None)
    if root is None:
        return None, Known(), [f"no {FILE} is above the bundle or the current folder; the DOI is written there"]
    diagnostics = Diagnostics()
    facts = read_project(Project(root), diagnostics)
    if facts is None:
        return None, Known(), [f"{FILE} has errors:\n" + "\n".join(as_text(found) for found in diagnostics)]
    dois = facts.dois.versions if facts.dois else {}
    problems = []
    if read.name and facts.corpus.name != read.name:
        problems.append(f"the bundle is of »{read.name}«, and the project {root} is »{facts.corpus.name}«")
    if read.version in dois:
        problems.append(f"version {read.version} is deposited already as {dois[read.version]}; give a new version")
    known = Known((facts.dois.concept if facts.dois else None) or "", tuple(dois.values()))
    return root / FILE, known, problems

"""Runs the tests on every other supported Python that is on this machine, each in a light environment of its own.

The first interpreter runs everything in `.venv`; the others run what depends on the language and on compiled packages:
reading sources, text, compiling, writing tables, loading, checking.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUPPORTED = ((3, 11), (3, 12), (3, 13))
CORE = (
    "tests/check/test_rules.py",
    "tests/corpus/test_corpus_frames.py",
    "tests/corpus/test_corpus_load.py",
    "tests/source",
    "tests/text",
    "tests/test_determinism.py",
)
LOCK = ROOT / "tests" / "requirements.lock"


def interpreter(version: tuple[int, int]) -> str | None:
    """A working interpreter of that version: on the PATH, or among pyenv's."""
    name = f"python{version[0]}.{version[1]}"
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [shutil.which(name), *map(str, sorted(pyenv.glob(f"{version[0]}.{version[1]}.*/bin/{name}")))]
    for candidate in filter(None, found):
        answer = subprocess.run(
            [candidate, "-c", "import sys, venv, ensurepip; print(*sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.stdout.split() == [str(part) for part in version]:
            return candidate
    return None


def environment(version: tuple[int, int], python: str) -> Path:
    """The interpreter of an environment that has the locked dependencies of the tests."""
    folder = ROOT / f".venv-{version[0]}.{version[1]}"
    inside, ready = folder / "bin" / "python", folder / ".ready"
    if not ready.exists() or ready.stat().st_mtime < LOCK.stat().st_mtime:
        subprocess.run([python, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
        ready.touch()
    return inside


def run(version: tuple[int, int], python: str) -> subprocess.CompletedProcess[str]:
    """The tests on one interpreter, in one process."""
    command = [str(environment(version, python)), "-m", "pytest", "-p", "no:cacheprovider", *CORE]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def main() -> int:
    """Run the tests on all other interpreters at once; the exit code is 1 if one fails."""
    others = {version: interpreter(version) for version in SUPPORTED if version != sys.version_info[:2]}
    failed = []
    with ThreadPoolExecutor() as pool:
        running = {version: pool.submit(run, version, python) for version, python in others.items() if python}
        for version, python in others.items():
            name = f"Python {version[0]}.{version[1]}"
            if python is None:
                print(f"{name}: not on this machine, left out", flush=True)
                continue
            done = running[version].result()
            print(f"{name}: {python}\n{done.stdout}{done.stderr}", flush=True)
            if done.returncode:
                failed.append(name)
    print("failed on " + ", ".join(failed) if failed else "passed on every interpreter that is there", flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())

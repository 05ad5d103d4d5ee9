"""How much `import aussage` and `aussage --help` add to a bare interpreter: medians of runs taken in turn."""

import statistics
import subprocess
import sys
import time

RUNS = 21
HELP = "import sys; sys.argv = ['aussage', '--help']\nfrom aussage.cli import main\nmain()"
CASES = {"bare interpreter": "pass", "import aussage": "import aussage", "aussage --help": HELP}


def seconds(code: str) -> float:
    """Wall time of a fresh interpreter that runs the code."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Print a row a case: median milliseconds, and the ratio to the bare interpreter."""
    taken: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(RUNS):
        for name, code in CASES.items():
            taken[name].append(seconds(code))
    bare = statistics.median(taken["bare interpreter"])
    print("| case | median ms | added ms | ratio |\n| --- | --- | --- | --- |")
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"| {name} | {median * 1000:.0f} | {(median - bare) * 1000:.0f} | {median / bare:.2f} |")


if __name__ == "__main__":
    main()

"""How the time of splitting sentences grows with the text: hostile and plain texts, ten times longer each time."""

import itertools
import time

from aussage.text.sentences import split_sentences

PARTICLES = {
    "plain": "Am 3. Mai kam Dr. Muster nach Neudorf. „Wir bleiben“, sagte er. ",
    "letters": "a",
    "full stops": ".",
    "opening quotation marks": "„",
    "quotations": "„A. B“ ",
    "paragraphs": "a\n",
}
LENGTHS = (10_000, 100_000, 1_000_000)


def seconds(text: str) -> float:
    """Wall time of splitting the text once."""
    begun = time.perf_counter()
    split_sentences(text, "de")
    return time.perf_counter() - begun


def main() -> None:
    """Print a row a kind of text: the time of each length as a ratio to the one before; linear growth gives 10."""
    print("| text | " + " | ".join(f"{b:,} : {a:,}" for a, b in itertools.pairwise(LENGTHS)) + " |")
    print("| --- | --- | --- |")
    for name, particle in PARTICLES.items():
        times = [seconds((particle * length)[:length]) for length in LENGTHS]
        ratios = " | ".join(f"{b / a:.1f}" for a, b in itertools.pairwise(times))
        print(f"| {name} | {ratios} |")


if __name__ == "__main__":
    main()

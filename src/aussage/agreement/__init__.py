"""Coders compared: categories, sets, spans; alpha with an interval and a verdict; every difference for adjudication.

Pure functions on the tables of a corpus, see each one's columns. Aligning claims needs the extra `agreement` (scipy).
"""

from aussage.agreement.alignment import align_claims, align_mentions, f1
from aussage.agreement.alpha import (
    Interval,
    bootstrap_interval,
    cohen_kappa,
    confusion,
    krippendorff_alpha,
    raw_agreement,
)
from aussage.agreement.comparison import Comparison, compare, paired_values
from aussage.agreement.differences import differences
from aussage.agreement.errors import AgreementError
from aussage.agreement.layers import Chosen, Frames, choose, frames_of
from aussage.agreement.masi import masi_distance
from aussage.agreement.sentence_view import primary_claims, sentence_units, sentence_view
from aussage.agreement.unitizing import claim_units, unitizing_alpha
from aussage.agreement.verdict import Estimate, estimate, more_units

__all__ = [
    "AgreementError",
    "Chosen",
    "Comparison",
    "Estimate",
    "Frames",
    "Interval",
    "align_claims",
    "align_mentions",
    "bootstrap_interval",
    "choose",
    "claim_units",
    "cohen_kappa",
    "compare",
    "confusion",
    "differences",
    "estimate",
    "f1",
    "frames_of",
    "krippendorff_alpha",
    "masi_distance",
    "more_units",
    "paired_values",
    "primary_claims",
    "raw_agreement",
    "sentence_units",
    "sentence_view",
    "unitizing_alpha",
]

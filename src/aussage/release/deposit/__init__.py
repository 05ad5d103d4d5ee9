"""A bundle deposited at Zenodo: resumed where it stopped, verified, and published only when somebody says so."""

from aussage.release.deposit.errors import DepositError, NotAsSent, Refused, Rejected, Uncertain, Unreachable

__all__ = ["DepositError", "NotAsSent", "Refused", "Rejected", "Uncertain", "Unreachable"]

"""A release as two bundles: what a project must fulfil before, what goes in, and how it is packed."""

from aussage.release.bundle.publishing import Released, release
from aussage.release.bundle.readiness import Refusal

__all__ = ["Refusal", "Released", "release"]

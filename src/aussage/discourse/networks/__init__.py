"""Discourse networks: who says what, who agrees with whom, and what their structure is. Needs the extra `discourse`."""

from aussage.discourse.networks.construction import network
from aussage.discourse.networks.graph import Network, Options
from aussage.discourse.networks.structure import Polarisation, backbone, centralities, communities, polarisation

__all__ = [
    "Network",
    "Options",
    "Polarisation",
    "backbone",
    "centralities",
    "communities",
    "network",
    "polarisation",
]

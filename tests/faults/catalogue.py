"""All faults, in the order of the modules that hold them."""

from faults import (
    faults_of_claims,
    faults_of_content,
    faults_of_files,
    faults_of_keys,
    faults_of_notes,
    faults_of_projects,
    faults_of_references,
    faults_of_registries,
    faults_of_relations,
    faults_of_schemas,
    faults_of_sizes,
    faults_of_texts,
    faults_of_views,
)
from faults.fault import Fault

REGISTERS = (
    faults_of_files.register,
    faults_of_schemas.register,
    faults_of_sizes.register,
    faults_of_projects.register,
    faults_of_keys.register,
    faults_of_references.register,
    faults_of_texts.register,
    faults_of_claims.register,
    faults_of_relations.register,
    faults_of_views.register,
    faults_of_registries.register,
    faults_of_notes.register,
    faults_of_content.register,
    faults_of_content.of_release,
)
FAULTS: tuple[Fault, ...] = tuple(fault for register in REGISTERS for fault in register.faults)
PENDING: frozenset[str] = frozenset()
"""Rules that have no fault yet."""

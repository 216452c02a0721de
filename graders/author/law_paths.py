"""Rules about katas/paths.toml: known slugs, prerequisites first, budgets kept."""

from __future__ import annotations

from collections.abc import Iterator

from graders import catalog_paths
from graders.author.finding import Finding
from graders.catalog import Catalog
from graders.catalog_toml import line_of


def check(catalog: Catalog) -> Iterator[Finding]:
    """Yield what is wrong with the learning paths of a complete tree.

    Raises GraderError for a file that cannot be read.
    """
    paths = catalog_paths.load(catalog.root)
    for keys, what in catalog_paths.faults(paths, catalog):
        line = line_of(paths.document.text, keys)
        yield Finding(catalog_paths.FILE, line, "path", what)

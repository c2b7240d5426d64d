"""What is built or fetched once a machine: kept in the user's cache folder under a name made of its sources."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path


def folder(name: str, version: str, sources: Sequence[Path], environment: Mapping[str, str] = os.environ) -> Path:
    """A fresh clone finds what another one made, and changed sources find nothing."""
    caches = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    content = b"".join(source.read_bytes() for source in sources)
    return caches / "todo" / f"{name}-{version}-{hashlib.sha256(content).hexdigest()[:12]}"

"""Cache of what is built or fetched once per machine: folders in the user's cache, named by a hash of the sources."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path


def folder(name: str, version: str, sources: Sequence[Path], environment: Mapping[str, str] = os.environ) -> Path:
    """Returns the cache folder for these sources. Clones with equal sources share it; changed sources get a new one."""
    caches = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    content = b"".join(source.read_bytes() for source in sources)
    return caches / "todo" / f"{name}-{version}-{hashlib.sha256(content).hexdigest()[:12]}"

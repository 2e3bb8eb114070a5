"""Small packs for tests: children of the sound pack beside the broken ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import Pack, ResolvedPack
from junheng.engine.policy.resolving import resolve

SOUND = Path(__file__).parents[2] / "packs/broken/sound"
ON = date(2026, 8, 31)
_HEADER = """\
pack:
  id: child
  title: 下级包
  level: county
  authority: 示例县教育局
  version: "1"
  valid: {undated: 示例}
  extends: [{pack: sound, version: "1"}]
"""


def child(folder: Path, items: str) -> Pack:
    """Load a child of the sound pack with these items."""
    return load(written(folder, items))


def written(folder: Path, items: str) -> Path:
    """Write a child of the sound pack into a folder that may hold several."""
    parent = folder / "sound"
    if not parent.exists():
        parent.mkdir()
        text = (SOUND / "pack.yaml").read_text(encoding="utf-8")
        (parent / "pack.yaml").write_text(text, encoding="utf-8")
    path = folder / "child.yaml"
    path.write_text(_HEADER + items, encoding="utf-8")
    return path


def resolved(folder: Path, items: str, **settings: str) -> ResolvedPack:
    """Load and resolve a child of the sound pack."""
    chosen = {key.replace("_", "-"): value for key, value in settings.items()}
    return resolve(child(folder, items), on=ON, settings=chosen)

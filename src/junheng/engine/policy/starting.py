"""Starts a pack on top of another: a folder that loads, with all that is left to decide."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from junheng.engine.policy.choosing import options_of
from junheng.engine.policy.describing import Row, describe
from junheng.engine.policy.drafting import HEADER_FILE, is_identity
from junheng.engine.policy.items import Switch
from junheng.engine.policy.pack import Pack
from junheng.engine.policy.topics import TITLES
from junheng.errors import PackError, PackPlace, Problem

_STARTER = "starter.yaml"
_STARTER_CLASS = "backbone"
_BELOW = {"nation": "county", "province": "city", "city": "county", "county": "school"}


def start_pack(parent: Pack, folder: Path) -> Path:
    """Write a new pack that stands on ``parent``, and return its file.

    It loads as it is; what the parent leaves open stands in it as comments, one line for each,
    ready to be filled in. On a parent without rules of its own, such as ``national``, it begins
    with a small set of rules for schools whose figures are unset.

    Parameters
    ----------
    folder : does not exist yet, or is empty; its name becomes the id of the pack

    Raises
    ------
    PackError
        If the folder holds something, or its name cannot be an id.
    """
    place = PackPlace(folder.name)
    if not is_identity(folder.name):
        values = {"item": "pack", "found": folder.name, "expected": "example-county"}
        raise PackError([Problem("pack.not-kebab-case", place=place, values=values)])
    if folder.exists() and any(folder.iterdir()):
        raise PackError([Problem("pack.folder-not-empty", place=place)])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / HEADER_FILE
    path.write_text("\n".join(_lines(parent, folder.name)) + "\n", encoding="utf-8")
    return path


def _lines(parent: Pack, identity: str) -> Iterator[str]:
    header = parent.header
    yield f"# {identity}：在 {header.id}（{header.title}）之上的政策包。"
    yield "# 以 # 开头的是说明；要写一项，就删去行首的 # 和空格，改成自己的内容。"
    yield f"# 用 junheng pack check {identity} 检查，用 junheng pack show {identity} 看全貌。"
    yield "pack:"
    yield f"  id: {identity}"
    yield "  title: 本县教师校长交流轮岗      # 改为文件的名称"
    yield f"  level: {_BELOW.get(header.level, header.level)}"
    yield "  authority: 本县教育局            # 改为主管部门的名称"
    yield '  version: "1"'
    yield "  valid: {undated: 尚未公布}       # 公布后改为 {since: 2026-09-01}"
    yield f'  extends: [{{pack: {header.id}, version: "{header.version}"}}]'
    if _begins_rules(parent):
        starter = files("junheng.packs").joinpath(_STARTER)
        yield starter.read_text(encoding="utf-8").rstrip("\n")
    yield from _open(parent)


def _begins_rules(parent: Pack) -> bool:
    """Whether the starter's rules for schools are wanted, and stand on what they need."""
    return not parent.items.rules and _STARTER_CLASS in parent.items.classes


def _open(parent: Pack) -> Iterator[str]:
    unset = [row for row in describe(parent).rows if row.unset]
    if not unset:
        return
    yield ""
    yield "# 上级包里还没有定下的事项。定下一项，就删去它前面的 #，填上取值；"
    if not _begins_rules(parent):
        yield "# 第一项写好时，把 settings、id、values 三行的 # 也删去。"
        yield "#settings:"
    else:
        yield "# 第一项写好时，把 id 以下各行移到前面 settings: 之下，再删去行首的 #。"
    yield "#  - id: chosen"
    yield "#    values:"
    for row in unset:
        said = f"{row.title}{_ways(parent, row)}；{row.unset}（{row.clause}）"
        yield f"#      {row.id}: 取值    # {said}"


def _ways(parent: Pack, row: Row) -> str:
    item = parent.items.switches.get(row.id)
    if isinstance(item, Switch):
        named = {**TITLES[item.topic].options, **dict(item.options)}
        ways = (f"{each}（{named.get(each, each)}）" for each in options_of(item))
        return f"：{' / '.join(ways)}"
    parameter = parent.items.parameters.get(row.id)
    return f"，单位 {parameter.unit}" if parameter else ""

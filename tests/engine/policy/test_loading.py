from __future__ import annotations

from pathlib import Path

import pytest

from junheng.engine.policy.loading import load
from junheng.errors import PackError

SOUND = Path(__file__).parents[2] / "packs/broken/sound/pack.yaml"
_HEADER = """\
pack:
  id: child
  title: 下级包
  level: county
  authority: 示例县教育局
  version: "1"
  valid: {undated: 示例}
  extends: [{pack: sound, version: "1"%s}]
"""


def _parent(folder: Path, text: str) -> None:
    (folder / "sound").mkdir()
    (folder / "sound" / "pack.yaml").write_text(text, encoding="utf-8")


def _child(folder: Path, items: str, withdraws: str = "") -> Path:
    path = folder / "child.yaml"
    path.write_text(_HEADER % withdraws + items, encoding="utf-8")
    return path


def _codes(path: Path) -> list[str]:
    with pytest.raises(PackError) as refused:
        load(path)
    return [problem.code for problem in refused.value.problems if problem.is_error]


def test_pack_cut_into_files_and_folders_is_the_same_pack(tmp_path: Path) -> None:
    whole = SOUND.read_text(encoding="utf-8")
    cut = tmp_path / "sound"
    (cut / "rules").mkdir(parents=True)
    before, rest = whole.split("rules:\n")
    rules, after = rest.split("quotas:\n")
    first, second = rules.rstrip("\n").split("\n")
    (cut / "pack.yaml").write_text(before + "quotas:\n" + after, encoding="utf-8")
    (cut / "rules" / "b.yaml").write_text(f"rules:\n{first}\n", encoding="utf-8")
    (cut / "rules" / "a.yaml").write_text(f"rules:\n{second}\n", encoding="utf-8")

    assert load(cut).fingerprint == load(SOUND).fingerprint


def test_fingerprint_does_not_see_how_figures_are_written(tmp_path: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    path = tmp_path / "pack.yaml"
    path.write_text(f"# 另一种写法\n{text.replace('10%', '2/20')}", encoding="utf-8")

    assert load(path).fingerprint == load(SOUND).fingerprint


def test_fingerprint_sees_every_changed_figure(tmp_path: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    path = tmp_path / "pack.yaml"
    path.write_text(text.replace("value: 6", "value: 7"), encoding="utf-8")

    assert load(path).fingerprint != load(SOUND).fingerprint


def test_child_inherits_precedence_tracks_and_items_but_not_decisions(tmp_path: Path) -> None:
    decided = SOUND.read_text(encoding="utf-8") + (
        "settings:\n  - {id: chosen, title: 决定, values: {clock: months}}\n"
    )
    _parent(tmp_path, decided)

    child = load(_child(tmp_path, ""))

    assert child.header.precedence == load(SOUND).header.precedence
    assert child.header.tracks == ("teacher",)
    assert "teacher-due" in child.items.rules
    assert child.items.settings == {}


def test_child_may_change_what_the_parent_opens_to_its_level(tmp_path: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    opened = text.replace("{id: teacher-years,", "{id: teacher-years, open: [county],")
    _parent(tmp_path, opened)
    item = (
        "parameters:\n  - {id: teacher-years, title: 年限, unit: years, "
        "values: [{value: 8, source: sd-1}]}\n"
    )
    change = "rules:\n  - {id: also-due, title: 也应, source: sd-1, effect: due, "
    change += (
        "track: teacher, strength: hard, if_unknown: ask, "
        "when: {fact: years-hired, at_least: {parameter: teacher-years}}}\n"
    )

    child = load(_child(tmp_path, item + change))

    assert str(child.items.parameters["teacher-years"].values[0].value) == (
        "Literal(values=(Fraction(8, 1),))"
    )


def test_child_of_another_level_may_not_change_it(tmp_path: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    _parent(tmp_path, text.replace("{id: teacher-due,", "{id: teacher-due, open: [province],"))

    found = _codes(_child(tmp_path, "", ", withdraws: [teacher-due]"))

    assert found == ["pack.not-open"]


def test_child_may_withdraw_what_is_open_to_it(tmp_path: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    _parent(tmp_path, text.replace("{id: teacher-due,", "{id: teacher-due, open: [county],"))

    child = load(_child(tmp_path, "", ", withdraws: [teacher-due]"))

    assert set(child.items.rules) == {"outside"}


def test_withdrawn_id_is_never_used_for_something_else(tmp_path: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    _parent(tmp_path, text.replace("{id: teacher-due,", "{id: teacher-due, open: [county],"))
    reused = "classes:\n  - {id: teacher-due, of: person, title: 类, source: sd-1, "
    reused += "when: {fact: sex, is: 女}}\n"
    user = "rules:\n  - {id: new-rule, title: 新, source: sd-1, effect: due, track: teacher, "
    user += "strength: hard, when: {class: teacher-due}, if_unknown: ask}\n"

    found = _codes(_child(tmp_path, reused + user, ", withdraws: [teacher-due]"))

    assert "pack.reused-id" in found


def test_problem_of_a_parent_names_the_parent(tmp_path: Path) -> None:
    _parent(tmp_path, SOUND.read_text(encoding="utf-8").replace("is: 民办", "is: 民辦"))

    with pytest.raises(PackError) as refused:
        load(_child(tmp_path, ""))

    (problem,) = refused.value.problems
    assert str(problem.place).startswith("sound/pack.yaml:")


def test_parents_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / name).mkdir()
        text = _HEADER.replace("child", name).replace("sound", other) % ""
        (tmp_path / name / "pack.yaml").write_text(text, encoding="utf-8")

    assert _codes(tmp_path / "one") == ["pack.parents-in-a-circle"]


def test_file_that_is_no_kind_is_reported_with_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(SOUND.read_text("utf-8"), encoding="utf-8")
    (tmp_path / "rule.yaml").write_text("rules: []\n", encoding="utf-8")

    with pytest.raises(PackError) as refused:
        load(tmp_path)

    (problem,) = (each for each in refused.value.problems if each.is_error)
    assert (problem.code, problem.values["nearest"]) == ("pack.unknown-file", "rules")


@pytest.mark.parametrize("pack", ["datnog", Path("nowhere")], ids=str)
def test_pack_that_is_not_there_is_refused(pack: str | Path) -> None:
    with pytest.raises(PackError):
        load(pack)

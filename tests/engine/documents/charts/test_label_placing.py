"""Names are broken and placed where they can be read."""

from junheng.engine.documents.charts.label_placing import Box, place_labels, wrapped


def test_text_is_broken_so_that_no_line_begins_with_a_closing_mark() -> None:
    lines = wrapped("一二三四，五六", 40, 10)

    assert lines == ["一二三四，", "五六"]


def test_text_that_fits_exactly_stays_on_one_line() -> None:
    assert wrapped("一二三四", 40, 10) == ["一二三四"]
    assert wrapped("一二三四五", 40, 10) == ["一二三四", "五"]


def test_label_without_a_free_side_is_left_out_and_the_next_is_still_placed() -> None:
    frame = Box(0, 0, 200, 100)
    taken = [Box(0, 0, 100, 100)]

    placed = place_labels(
        [("挤不下", [(50, 50, 3)]), ("放得下", [(130, 50, 3)])],
        size=10,
        kind="school",
        taken=taken,
        frame=frame,
    )

    assert [label.text for label in placed] == ["放得下"]

"""Names and identity numbers that belong to nobody.

Names are drawn character by character from common lists. Identity numbers are valid by GB 11643
but begin with 9900: no province, and no province digits of a residence card, so they were never
issued and never will be.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from junheng.engine.roster.generator.draws import Draws, Truth, Whole
from junheng.engine.roster.generator.shares import MINORITY_NAMES

NEVER_ISSUED = 990000
"""First six digits of every identity number of the sample, plus the number of the county."""

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜"
    "丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严"
)
_DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "东方", "夏侯")
_FIRST_GIVEN = "晓文志建国春秋雨思佳明海丽美玉雪静慧永德嘉子一云天若雅欣承宏立学清新振亚书小"
_SECOND_GIVEN = "华平林英芳杰强军燕玲辉涛敏霞波宁峰洁娟斌磊婷浩颖倩琳超帆阳𬀩钰岚彤瑶宇轩"
_MINORITY_GIVEN = (
    "阿依",
    "买买提",
    "扎西",
    "𬀩",
    "古丽",
    "其其格",
    "阿布",
    "卓玛",
    "巴图",
    "努尔",
)
_MINORITY_FAMILY = ("买买提", "古丽", "次仁", "木合塔尔", "孟和", "阿卜杜", "白玛", "沙依")
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
_CHECKS = "10X98765432"


def person_names(draws: Draws, size: int) -> pl.Series:
    """Return ``size`` names; a few with two-character surnames, a few written with ``·``."""
    surnames = (*_SURNAMES, *_DOUBLE_SURNAMES)
    surname = _chosen(surnames, draws.below(size, len(surnames)))
    first = _chosen(tuple(_FIRST_GIVEN), draws.below(size, len(_FIRST_GIVEN)))
    second = _chosen(tuple(_SECOND_GIVEN), draws.below(size, len(_SECOND_GIVEN)))
    short = draws.chance(size, 150)
    given = _chosen(_MINORITY_GIVEN, draws.below(size, len(_MINORITY_GIVEN)))
    family = _chosen(_MINORITY_FAMILY, draws.below(size, len(_MINORITY_FAMILY)))
    minority = draws.chance(size, MINORITY_NAMES)
    frame = pl.DataFrame(
        {"a": surname, "b": first, "c": second, "short": short, "g": given, "f": family}
    )
    plain = (
        pl.when(pl.col("short"))
        .then(pl.col("a") + pl.col("c"))
        .otherwise(pl.col("a") + pl.col("b") + pl.col("c"))
    )
    dotted = pl.col("g") + "·" + pl.col("f")
    named = frame.select(pl.when(pl.Series(minority)).then(dotted).otherwise(plain).alias("n"))
    return named["n"]


def id_numbers(county: Whole, birth: pl.Series, male: Truth) -> pl.Series:
    """Return identity numbers that fit county, birth and sex and are all different.

    The three-digit order code counts the persons of a county born on the same day, odd for
    men and even for women; there is room for 499 each.
    """
    frame = pl.DataFrame({"county": county, "birth": birth, "male": male})
    rank = frame.select(pl.int_range(pl.len()).over("county", "birth", "male"))
    order = rank.to_series().to_numpy() % 499 * 2 + np.where(male, 1, 2)
    ymd = birth.dt.strftime("%Y%m%d").cast(pl.Int64).to_numpy()
    body = ((NEVER_ISSUED + county) * 10**8 + ymd) * 1000 + order
    total = np.zeros(len(body), dtype=np.int64)
    rest = body.copy()
    for weight in _WEIGHTS[::-1]:
        rest, digit = np.divmod(rest, 10)
        total += digit * weight
    check = _chosen(tuple(_CHECKS), total % 11)
    return pl.Series(body).cast(pl.String) + check


def _chosen(words: tuple[str, ...], positions: Whole) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(positions)

"""Scoring (评分): the rubrics of a pack, worked out for every person, exactly.

A fact that is not known makes an item, and with it the total, a range; a ranking is refused
only where ranges overlap at a cut.
"""

from junheng.engine.scoring.lines import read_number
from junheng.engine.scoring.ranges import NOTHING, Range
from junheng.engine.scoring.ranking import Places, places
from junheng.engine.scoring.totals import Scores, score

__all__ = ["NOTHING", "Places", "Range", "Scores", "places", "read_number", "score"]

"""The page for the officer at the table (方案一览): one file, offline, one school or person."""

from junheng.engine.documents.overview.contents import Overview, overview_of
from junheng.engine.documents.overview.page import overview_page

__all__ = ["Overview", "overview_of", "overview_page"]

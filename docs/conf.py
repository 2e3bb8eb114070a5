"""Settings of the documentation; ``python dev.py docs`` builds it with warnings as errors."""

project = "均衡 junheng"
author = "the junheng contributors"
project_copyright = "the junheng contributors"
language = "zh_CN"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "均衡 junheng"
html_search_language = "zh"
# The pages fetch nothing from another host.
html_copy_source = False

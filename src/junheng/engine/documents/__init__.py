"""Documents (材料): registers, the one-page report and charts."""

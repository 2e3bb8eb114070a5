"""Policy packs (政策包): loading, checking and resolving one authority's rules."""

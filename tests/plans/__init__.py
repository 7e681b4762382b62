"""Plans and the tree of regions as files."""

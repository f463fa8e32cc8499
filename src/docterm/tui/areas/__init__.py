"""The five areas of the explorer, one file each."""

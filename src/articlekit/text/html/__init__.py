"""Pages of HTML: screened, parsed to a small tree of blocks, read as lines and metadata."""

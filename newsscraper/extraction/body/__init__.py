"""Which text of a page is the article's: its blocks, the element that holds them, the verdict on each."""

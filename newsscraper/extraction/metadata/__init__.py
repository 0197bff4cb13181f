"""What a page says besides its text: each reader answers one question from the page's `Document`."""

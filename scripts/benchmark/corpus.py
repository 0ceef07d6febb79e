"""A site of any size that says nothing: the same for the same arguments, as values that each program's writer puts into its format.

Every page has about 900 words, 23 citations, 5 figures, a list, a table, links, and two positions side by side.
"""

import random
import re
from dataclasses import dataclass
from typing import NamedTuple

LANGUAGES = ["en", "he", "ar", "fr", "es", "de", "ru", "pt"]
RIGHT_TO_LEFT = {"he", "ar"}

WORDS = {
    "en": "the committee reported that people in several towns left their homes after the road was closed and the clinic had no power while "
    "aid convoys waited at the crossing until an agreement on monitors and inspections was reached by both delegations in the capital",
    "he": "הוועדה דיווחה כי תושבים בכמה ערים עזבו את בתיהם לאחר שהדרך נסגרה והמרפאה נותרה ללא חשמל בזמן ששיירות הסיוע המתינו במעבר עד "
    "שהושג הסכם על משקיפים ובדיקות בין שתי המשלחות בעיר הבירה",
    "ar": "ذكرت اللجنة أن سكان عدة مدن غادروا منازلهم بعد إغلاق الطريق وبقيت العيادة بلا كهرباء بينما انتظرت قوافل المساعدات عند المعبر حتى "
    "توصل الوفدان إلى اتفاق على المراقبين وعمليات التفتيش في العاصمة",
    "fr": "la commission a indiqué que des habitants de plusieurs villes avaient quitté leurs maisons après la fermeture de la route et que la "
    "clinique manquait de courant tandis que des convois attendaient au passage jusqu’à un accord des deux délégations sur les contrôles",
}

SECTION_SIZE = 20
PARAGRAPHS = 13


class Cite(NamedTuple):
    """A mark that cites a source at a page of it, or as a whole."""

    source: int
    page: int | None = None


class Quote(NamedTuple):
    """A mark that cites the quotation of a source."""

    source: int


class Figure(NamedTuple):
    """A figure in the text; `full`: with unit, day and reporter."""

    number: int
    full: bool = False


class Sentences(NamedTuple):
    """Text without its last full stop, then marks: `Text [@source].`"""

    text: str
    marks: tuple


class Heading(NamedTuple):
    text: str
    id: str


class Items(NamedTuple):
    items: list


class Table(NamedTuple):
    """Rows of (text, figure, sentences)."""

    rows: list


class Position(NamedTuple):
    label: str
    said: Sentences


class Links(NamedTuple):
    """Links to other pages, as (text, page), and sentences after them."""

    links: list
    after: Sentences


@dataclass(frozen=True)
class SourceRecord:
    number: int
    id: str
    title: str
    org: dict
    date: str
    quote: str
    locator: int

    @property
    def url(self):
        return f"https://example.org/reports/{self.number}"


@dataclass(frozen=True)
class FigureRecord:
    id: str
    label: dict
    value: int
    as_of: str
    reporter: dict
    population: dict
    source: int


@dataclass(frozen=True)
class Page:
    number: int
    lang: str
    title: str
    summary: Sentences
    fact: Sentences
    blocks: list

    @property
    def first_sentence(self):
        """The words that an edit is made before: they stand in one place only."""
        first = next(block for block in self.blocks if isinstance(block, Sentences))
        return first.text.split(".")[0] + "."


@dataclass(frozen=True)
class Index:
    """The page of a section, or the home page, with a link to its first page."""

    title: str
    text: str


class Corpus:
    def __init__(self, pages, languages, sources=None, seed=1, words=None):
        self.pages = pages
        self.languages = LANGUAGES[:languages]
        self.seed = seed
        self.words = {lang: self._vocabulary(words, lang) for lang in self.languages}
        self._source_numbers = range(sources or max(50, pages // 2))
        self._figure_numbers = range(max(20, pages // 4))

    @staticmethod
    def _vocabulary(folder, lang):
        if folder is None:
            return WORDS.get(lang, WORDS["en"]).split()
        texts = (path.read_text(encoding="utf-8") for path in sorted((folder / lang).rglob("*.md")))
        return [word for text in texts for word in re.findall(r"[^\W\d_]+", text)]

    def sections(self):
        return range((self.pages + SECTION_SIZE - 1) // SECTION_SIZE)

    def pages_of(self, section):
        return range(section * SECTION_SIZE, min((section + 1) * SECTION_SIZE, self.pages))

    @staticmethod
    def folder(section):
        return f"section-{section:04}"

    @staticmethod
    def name(page):
        return f"page-{page:05}"

    def path(self, page):
        """Of a page below the folder of its language, without the ending of the file."""
        return f"{self.folder(page // SECTION_SIZE)}/{self.name(page)}"

    @property
    def source_count(self):
        return len(self._source_numbers)

    def sources(self):
        return [self.source(number) for number in self._source_numbers]

    def figures(self):
        return [self.figure(number) for number in self._figure_numbers]

    def source(self, number):
        chance = random.Random(f"{self.seed} source {number}")
        return SourceRecord(
            number=number,
            id=f"source-{number:05}",
            title=f"{self.phrase(chance, 'en', 9)} {number}",
            org=self._localised(chance, 3),
            date=f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            quote=self.phrase(chance, "en", 20) + ".",
            locator=chance.randint(1, 90),
        )

    def figure(self, number):
        chance = random.Random(f"{self.seed} figure {number}")
        return FigureRecord(
            id=f"figure-{number:05}",
            label=self._localised(chance, 5),
            value=chance.randint(100, 90000),
            as_of=f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            reporter=self._localised(chance, 3),
            population=self._localised(chance, 12),
            source=chance.choice(self._source_numbers),
        )

    def home(self, lang):
        return self._index(lang, "The whole")

    def section(self, lang, section):
        return self._index(lang, f"Section {section}")

    def _index(self, lang, title):
        return Index(title, self.phrase(random.Random(title), lang, 12))

    def page(self, lang, number):
        # What the page cites is the same in every language; the words are not.
        plan = random.Random(f"{self.seed} page {number}")
        words = random.Random(f"{self.seed} page {number} {lang}")
        cited = iter(plan.sample(self._source_numbers, 19))
        shown = iter(plan.sample(self._figure_numbers, 5))

        def phrase(count):
            return self.phrase(words, lang, count)

        def cite():
            return Cite(next(cited), plan.randint(1, 99))

        def cites(*chosen):
            return tuple(Cite(source) for source in chosen)

        title = f"{phrase(4)} {number}"
        summary = Sentences(phrase(20), (cite(),))
        fact = Sentences(phrase(10), (Figure(next(shown)),))
        blocks = []
        for paragraph in range(PARAGRAPHS):
            if paragraph % 3 == 0:
                blocks.append(Heading(phrase(4), f"part-{paragraph}"))
            if paragraph in (2, 6):
                end = Figure(next(shown), full=True)
            elif paragraph == 10:
                end = Quote(plan.choice(self._source_numbers))
            else:
                end = cite()
            sentences = [phrase(15) + "." for _ in range(3)]
            blocks.append(Sentences(" ".join([*sentences, phrase(10)]), (end,)))
            if paragraph == 3:
                blocks.append(Items([Sentences(phrase(12), (cite(),)) for _ in range(3)]))
            if paragraph == 6:
                blocks.append(Table([(phrase(3), Figure(figure), Sentences(phrase(3), (cite(),))) for figure in shown]))
            if paragraph == 9:
                for _ in range(2):
                    label = phrase(3)
                    blocks.append(Position(label, Sentences(phrase(20), cites(*plan.sample(self._source_numbers, 2)))))
        others = [plan.randrange(self.pages) for _ in range(3)]
        links = [(phrase(2), other) for other in others]
        after = Sentences(f"{phrase(15)}. {phrase(8)}", cites(plan.choice(self._source_numbers), plan.choice(self._source_numbers)))
        blocks.append(Links(links, after))
        return Page(number, lang, title, summary, fact, blocks)

    def _localised(self, chance, count):
        return {lang: self.phrase(chance, lang, count) for lang in self.languages}

    def phrase(self, chance, lang, count):
        words = self.words[lang]
        chosen = " ".join(chance.choice(words) for _ in range(count))
        return chosen[0].upper() + chosen[1:]


def write_file(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

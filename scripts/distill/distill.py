"""Distils a sentence model into one vector per word piece: the product's built-in embedding model.

The mean of a text's piece vectors is fitted to the direction of the teacher's vector of the whole text, by ridge regression
towards the teacher's own vector of each piece alone (centred, frequent pieces damped). Solved by conjugate gradients; then
PCA to fewer dimensions and one signed byte a value, with one scale a row.

    python distill.py --teacher DIR --texts texts.jsonl --out ../../packages/core/src/retrieval/static-model

DIR holds the teacher's model.onnx (mean pooling) and tokenizer.json (BERT uncased). texts.jsonl holds one JSON string a
line. Needs numpy, scipy, onnxruntime and tokenizers. The teacher reads about 50 texts a second on one core.
"""

import argparse
import json
import pathlib

import numpy as np
import onnxruntime
import scipy.sparse
from tokenizers import Tokenizer

PIECES_PER_TEXT_MAX = 94
RIDGE = 0.5
FREQUENCY_DAMPING = 1e-4
# Rounds of fitting and of scaling each text's mean to the length that the teacher's vector has.
ROUNDS = 3
ITERATIONS_PER_ROUND = 8
# Questions and sentences are as short as this; they count three times, being fewer than paragraphs.
SHORT_TEXT_PIECES = 25
SHORT_TEXT_WEIGHT = 3


def main():
    options = parse_options()
    teacher = Teacher(options.teacher)
    texts = [json.loads(line) for line in open(options.texts, encoding="utf8")]
    pieces = [teacher.cut(text)[:PIECES_PER_TEXT_MAX] for text in texts]
    targets = teacher.embed_all(pieces)
    alone = teacher.embed_all([[piece] for piece in range(teacher.vocabulary_size)], normalize=False)
    table = fit(mean_matrix(pieces, teacher.vocabulary_size), directions(targets), alone)
    table = project(table, mean_matrix(pieces, teacher.vocabulary_size), options.dimensions)
    write(options.out, teacher, table)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teacher", required=True, type=pathlib.Path)
    parser.add_argument("--texts", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--dimensions", type=int, default=256)
    return parser.parse_args()


class Teacher:
    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
        self.inputs = {node.name for node in self.session.get_inputs()}
        self.start = self.tokenizer.token_to_id("[CLS]")
        self.end = self.tokenizer.token_to_id("[SEP]")
        self.vocabulary_size = self.tokenizer.get_vocab_size()

    def cut(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def embed_all(self, pieces, normalize=True, batch=64):
        """Texts of like length share a batch, so little is padding."""
        vectors = None
        order = sorted(range(len(pieces)), key=lambda index: len(pieces[index]))
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            embedded = self.embed([pieces[index] for index in chosen])
            if vectors is None:
                vectors = np.zeros((len(pieces), embedded.shape[1]), np.float32)
            vectors[chosen] = embedded
            if first % (batch * 100) == 0:
                print(f"teacher: {first:,} of {len(order):,}", flush=True)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True) if normalize else vectors

    def embed(self, pieces):
        rows = [[self.start, *row, self.end] for row in pieces]
        ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
        mask = np.zeros_like(ids)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        output = self.session.run(None, {name: feeds[name] for name in self.inputs})[0]
        if output.ndim == 2:
            return output
        return (output * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)


def mean_matrix(pieces, vocabulary_size):
    lengths = [len(row) for row in pieces]
    rows = np.repeat(np.arange(len(pieces)), lengths)
    columns = np.concatenate([np.asarray(row, np.int64) for row in pieces])
    weights = 1 / np.maximum(1, np.repeat(lengths, lengths))
    return scipy.sparse.csr_matrix((weights, (rows, columns)), shape=(len(pieces), vocabulary_size))


def directions(vectors):
    """What tells texts apart: their vectors without what all share, of length one."""
    centred = vectors - vectors.mean(0)
    return centred / np.linalg.norm(centred, axis=1, keepdims=True)


def fit(means, targets, alone):
    """argmin over T of |W (S M T - targets)|² + ridge |T - prior|², M taking means, W weighing and S scaling texts.

    Only the direction of a text's vector counts in a search, so S lets a mean be shorter or longer than its target.
    """
    pieces_of_text = np.asarray((means > 0).sum(1)).ravel()
    weights = np.sqrt(np.where(pieces_of_text < SHORT_TEXT_PIECES, SHORT_TEXT_WEIGHT, 1))
    scales = np.ones(len(targets))
    table = None
    for _ in range(ROUNDS):
        rows = (scipy.sparse.diags(weights * scales) @ means).tocsr()
        table = solve(rows, targets * weights[:, None], prior_of(rows, targets * weights[:, None], alone), table)
        guess = means @ table
        products = (guess * targets).sum(1)
        scales = (products / np.maximum(1e-9, (guess**2).sum(1))).clip(0.2, 5)
        cosines = products / np.maximum(1e-9, np.linalg.norm(guess, axis=1))
        print(f"fit: a mean cosine of {cosines.mean():.3f} with the teacher on {len(targets):,} texts", flush=True)
    return table


def prior_of(rows, targets, alone):
    """The teacher's vector of each piece by itself, rarer pieces longer, as long as fits the targets best."""
    counts = np.asarray((rows > 0).sum(0)).ravel()
    frequency = (counts + 1) / (counts.sum() + len(alone))
    prior = directions(alone) * (FREQUENCY_DAMPING / (FREQUENCY_DAMPING + frequency))[:, None]
    guess = rows @ prior
    return prior * ((guess * targets).sum() / (guess**2).sum())


def solve(rows, targets, prior, table):
    """Conjugate gradients from the table of the round before, preconditioned by the diagonal: rare pieces have small ones."""
    table = prior.copy() if table is None else table.copy()
    columns = rows.T.tocsr()
    shrinking = 1 / (np.asarray(rows.multiply(rows).sum(0)).ravel() + RIDGE)[:, None]
    residual = columns @ (targets - rows @ table) + RIDGE * (prior - table)
    direction = shrinking * residual
    energy = (residual * direction).sum(0)
    for _ in range(ITERATIONS_PER_ROUND):
        image = columns @ (rows @ direction) + RIDGE * direction
        step = energy / ((direction * image).sum(0) + 1e-20)
        table += step * direction
        residual -= step * image
        after = (residual * shrinking * residual).sum(0)
        direction = shrinking * residual + (after / (energy + 1e-20)) * direction
        energy = after
    return table


def project(table, means, dimensions):
    """PCA of the texts' vectors, not of the pieces': rare pieces must not shape the axes."""
    vectors = means @ table
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    return table @ axes[:, ::-1][:, :dimensions]


def write(folder, teacher, table):
    """vocabulary.txt: a piece a line. vectors.bin: a little-endian float32 scale a row, then the rows as signed bytes."""
    pieces = [teacher.tokenizer.id_to_token(index) for index in range(teacher.vocabulary_size)]
    kept = [index for index, piece in enumerate(pieces) if piece == "[UNK]" or not is_marker(piece)]
    scales = np.abs(table[kept]).max(1) / 127
    rows = np.round(table[kept] / np.maximum(scales, 1e-9)[:, None]).clip(-127, 127)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocabulary.txt").write_text("\n".join(pieces[index] for index in kept) + "\n", encoding="utf8")
    (folder / "vectors.bin").write_bytes(scales.astype("<f4").tobytes() + rows.astype(np.int8).tobytes())
    print(f"wrote {len(kept):,} rows of {table.shape[1]} to {folder}")


def is_marker(piece):
    return len(piece) > 2 and piece.startswith("[") and piece.endswith("]")


if __name__ == "__main__":
    main()

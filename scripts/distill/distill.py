"""Distils a sentence model into one vector per word piece: the product's built-in embedding model.

The mean of a text's piece vectors is fitted to the teacher's vector of the whole text, by ridge regression towards the
teacher's own vector of each piece alone (centred, frequent pieces damped). Solved exactly by conjugate gradients; then
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
RIDGE = 0.003
ITERATIONS = 40
FREQUENCY_DAMPING = 1e-3


def main():
    options = parse_options()
    teacher = Teacher(options.teacher)
    texts = [json.loads(line) for line in open(options.texts, encoding="utf8")][: options.texts_max]
    pieces = [teacher.cut(text)[:PIECES_PER_TEXT_MAX] for text in texts]
    targets = teacher.embed_all(pieces)
    alone = teacher.embed_all([[piece] for piece in range(teacher.vocabulary_size)], normalize=False)
    table = fit(pieces, targets - targets.mean(0), alone)
    table = project(table, pieces, options.dimensions)
    write(options.out, teacher, table)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teacher", required=True, type=pathlib.Path)
    parser.add_argument("--texts", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--texts-max", type=int, default=82_000)
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


def fit(pieces, targets, alone):
    """argmin over T of |M T - targets|² + ridge |T - prior|², M taking means."""
    means = mean_matrix(pieces, len(alone))
    counts = np.bincount(np.concatenate([np.asarray(row, np.int64) for row in pieces]), minlength=len(alone))
    frequency = (counts + 1) / (counts.sum() + len(alone))
    prior = alone - alone.mean(0)
    prior /= np.linalg.norm(prior, axis=1, keepdims=True)
    prior *= (FREQUENCY_DAMPING / (FREQUENCY_DAMPING + frequency))[:, None]
    guess = means @ prior
    prior *= (guess * targets).sum() / (guess * guess).sum()

    change = np.zeros_like(prior)
    residual = means.T @ (targets - means @ prior)
    direction = residual.copy()
    energy = (residual**2).sum(0)
    for _ in range(ITERATIONS):
        image = means.T @ (means @ direction) + RIDGE * direction
        step = energy / ((direction * image).sum(0) + 1e-12)
        change += step * direction
        residual -= step * image
        after = (residual**2).sum(0)
        direction = residual + (after / (energy + 1e-12)) * direction
        energy = after
    table = prior + change
    explained = 1 - ((targets - means @ table) ** 2).sum() / (targets**2).sum()
    print(f"fit: {explained:.3f} of the teacher's variance on {len(pieces):,} texts")
    return table


def project(table, pieces, dimensions):
    """PCA of the texts' vectors, not of the pieces': rare pieces must not shape the axes."""
    vectors = mean_matrix(pieces, len(table)) @ table
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

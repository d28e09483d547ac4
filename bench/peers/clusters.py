# SPDX-License-Identifier: GPL-3.0-or-later
#
# The same candidates as an analyst writes them in NumPy and SciPy, on the matrices that bench_clusters left: clusters.py
# INDUSTRIES FILE [CANDIDATES]. Ward by SciPy, Lloyd's k-means on the rows from five starts, scores by products with the
# indicators. Prints seconds (wall clock, processor) and the best score; where only so many candidates are asked for, evenly
# among all, the seconds are theirs.
import sys
import time

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

n, wanted = int(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 620
matrices = np.fromfile(sys.argv[2], dtype=np.float64).reshape(10, n, n)
judges = matrices[:5]
random = np.random.default_rng(1)


def k_means(x, groups, rounds=100):
    best, least = None, np.inf
    squares = (x * x).sum(1)
    for _ in range(5):
        middles = [random.integers(n)]
        near = ((x - x[middles[0]]) ** 2).sum(1)
        while len(middles) < groups:
            middles.append(random.choice(n, p=near / near.sum()))
            near = np.minimum(near, ((x - x[middles[-1]]) ** 2).sum(1))
        middle, label = x[middles], None
        for _ in range(rounds):
            distance = squares[:, None] - 2 * x @ middle.T + (middle * middle).sum(1)
            new = distance.argmin(1)
            if label is not None and (new == label).all():
                break
            label = new
            belongs = np.eye(groups)[label]
            middle = belongs.T @ x / np.maximum(belongs.sum(0), 1)[:, None]
        within = distance.min(1).sum()
        if within < least:
            best, least = label, within
    return best


def validate(s, label):
    _, label = np.unique(label, return_inverse=True)
    belongs = np.eye(label.max() + 1)[label]
    size = belongs.sum(0)
    off = s - np.diag(np.diag(s))
    sums = off @ belongs
    blocks = belongs.T @ sums

    def passed(own, others):
        return ((own > np.nanmean(others, 1)) + 0.0 + (own > np.nanpercentile(others, 95, axis=1))).mean() / 2

    with np.errstate(invalid='ignore', divide='ignore'):
        between = blocks / np.outer(size, size)
        within = np.diag(blocks) / (size * (size - 1))
        np.fill_diagonal(between, np.nan)
        each = sums / size
        own = sums[np.arange(n), label] / (size[label] - 1)
        each[np.arange(n), label] = np.nan
    return passed(within, between), passed(own, each)


def candidates():
    number = 0
    for m in range(10):
        tree = None
        for method in ('ward', 'k-means'):
            for groups in range(30, 61):
                number += 1
                if number * wanted // 620 == (number - 1) * wanted // 620:
                    continue
                if method == 'ward':
                    tree = linkage(pdist(matrices[m]), 'ward') if tree is None else tree
                    yield fcluster(tree, groups, 'maxclust')
                else:
                    yield k_means(matrices[m], groups)


wall, processor = time.perf_counter(), time.process_time()
best = max(np.mean([validate(s, label) for s in judges]) for label in candidates())
print(time.perf_counter() - wall, time.process_time() - processor, best)

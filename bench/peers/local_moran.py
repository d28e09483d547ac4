# SPDX-License-Identifier: GPL-3.0-or-later
#
# esda (PySAL) on the same lattice: local_moran.py SIDE PERMUTATIONS. Prints the seconds of the second call (numba has
# compiled in the first), wall clock and processor.
import sys
import time

import numpy as np
from esda.moran import Moran_Local
from libpysal.weights import lat2W

side, permutations = int(sys.argv[1]), int(sys.argv[2])
weights = lat2W(side, side, rook=False)
weights.transform = 'r'
x = np.exp(np.random.default_rng(1).random(side * side))
Moran_Local(x, weights, permutations=9, n_jobs=-1)
wall, processor = time.perf_counter(), time.process_time()
Moran_Local(x, weights, permutations=permutations, n_jobs=-1)
print(time.perf_counter() - wall, time.process_time() - processor)

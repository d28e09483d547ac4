# SPDX-License-Identifier: GPL-3.0-or-later
#
# esda (PySAL) on the same lattice: local_spatial.py moran|g SIDE PERMUTATIONS. Prints the seconds of the second call (numba has
# compiled in the first), wall clock and processor.
import sys
import time

import numpy as np
from esda.getisord import G_Local
from esda.moran import Moran_Local
from libpysal.weights import lat2W

statistic = {'moran': Moran_Local, 'g': G_Local}[sys.argv[1]]
side, permutations = int(sys.argv[2]), int(sys.argv[3])
weights = lat2W(side, side, rook=False)
weights.transform = 'r'
x = np.exp(np.random.default_rng(1).random(side * side))
statistic(x, weights, permutations=9, n_jobs=-1)
wall, processor = time.perf_counter(), time.process_time()
statistic(x, weights, permutations=permutations, n_jobs=-1)
print(time.perf_counter() - wall, time.process_time() - processor)

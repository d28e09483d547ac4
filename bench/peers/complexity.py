# SPDX-License-Identifier: GPL-3.0-or-later
#
# py-ecomplexity on the values that bench_complexity left: complexity.py REGIONS PRODUCTS FILE. Prints the seconds of the
# call alone, wall clock and processor, and the first region's index for comparison.
import sys
import time

import numpy as np
import pandas as pd
from ecomplexity import ecomplexity

regions, products = int(sys.argv[1]), int(sys.argv[2])
values = np.fromfile(sys.argv[3], dtype=np.float64).reshape(regions, products)
frame = pd.DataFrame({
    'year': 2000,
    'loc': np.repeat([f'r{i:05}' for i in range(regions)], products),
    'prod': np.tile([f'p{i:05}' for i in range(products)], regions),
    'val': values.ravel(),
})
wall, processor = time.perf_counter(), time.process_time()
ecomplexity(frame, {'time': 'year', 'loc': 'loc', 'prod': 'prod', 'val': 'val'})
print(time.perf_counter() - wall, time.process_time() - processor)

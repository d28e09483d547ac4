// SPDX-License-Identifier: GPL-3.0-or-later
//
// libgeoda's local Moran or local G on a square lattice with queen's neighbours, as bench_spatial has it: local_spatial
// moran|g SIDE PERMUTATIONS lookup|complete THREADS. Prints seconds, wall clock and processor. Built with libgeoda's own
// sources and Boost's threads:
//   c++ -O2 -I PARENT -o local_spatial local_spatial.cpp PARENT/libgeoda/{sa,weights}/*.cpp
//       PARENT/libgeoda/{GenUtils,GenGeomAlgs,SpatialIndAlgs,gda_weights}.cpp -lboost_thread -lboost_system -lpthread
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <vector>

#include "libgeoda/sa/UniG.h"
#include "libgeoda/sa/UniLocalMoran.h"
#include "libgeoda/weights/GalWeight.h"

int main(int count, char **argument) {
    if (count != 6) {
        return 2;
    }
    const bool moran = std::string(argument[1]) == "moran";
    const int side = std::atoi(argument[2]), permutations = std::atoi(argument[3]), threads = std::atoi(argument[5]);
    const std::string mode = argument[4];
    const int n = side * side;
    GalWeight weights;
    weights.num_obs = n;
    weights.gal = new GalElement[n];
    std::vector<double> x(n);
    srand48(1);
    for (int i = 0; i < n; i++) {
        std::vector<int> near;
        for (int d = 0; d < 9; d++) {
            const int row = i / side + d / 3 - 1, column = i % side + d % 3 - 1;
            if (d != 4 && row >= 0 && column >= 0 && row < side && column < side) {
                near.push_back(row * side + column);
            }
        }
        weights.gal[i].SetSizeNbrs(near.size(), true);
        for (size_t k = 0; k < near.size(); k++) {
            weights.gal[i].SetNbr(k, near[k]);
        }
        x[i] = std::exp(drand48() + 1.0 / (1.0 + i / side));
    }
    weights.GetNbrStats();
    const std::vector<bool> undefined(n, false);
    const auto start = std::chrono::steady_clock::now();
    std::unique_ptr<LISA> result;
    if (moran) {
        result.reset(new UniLocalMoran(n, &weights, x, undefined, 0.05, threads, permutations, mode, 123456789));
    } else {
        result.reset(new UniG(n, &weights, x, undefined, 0.05, threads, permutations, mode, 123456789));
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    rusage used;
    getrusage(RUSAGE_SELF, &used);
    std::printf("%.3f %.3f\n", seconds, used.ru_utime.tv_sec + 1e-6 * used.ru_utime.tv_usec);
    return 0;
}

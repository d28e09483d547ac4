/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Compensated sums and counter-based random numbers.
 */
#include <okrug/numeric.h>

#include <Random123/philox.h>
#include <math.h>

double okrug_sum_of(const double *x, int64_t n, int64_t stride) {
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&sum, x[i * stride]);
    }
    return okrug_sum_value(&sum);
}

uint64_t okrug_random_unit(uint64_t unit, const char *name) {
    uint64_t hash = unit ^ UINT64_C(14695981039346656037);
    for (const char *at = name;; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
        if (*at == '\0') {
            return hash;
        }
    }
}

void okrug_random_bits(okrug_random_key key, uint32_t bits[4]) {
    philox4x32_ctr_t counter = {{(uint32_t)key.unit, (uint32_t)(key.unit >> 32), key.analysis, key.draw}};
    philox4x32_key_t seed = {{(uint32_t)key.seed, (uint32_t)(key.seed >> 32)}};
    philox4x32_ctr_t drawn = philox4x32(counter, seed);
    for (int i = 0; i < 4; i++) {
        bits[i] = drawn.v[i];
    }
}

void okrug_random_uniform(okrug_random_key key, double u[2]) {
    uint32_t bits[4];
    okrug_random_bits(key, bits);
    for (int i = 0; i < 2; i++) {
        uint64_t word = (uint64_t)bits[2 * i + 1] << 32 | bits[2 * i];
        u[i] = (double)(word >> 11) * 0x1p-53;
    }
}

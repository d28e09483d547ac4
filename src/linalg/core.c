/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which kernels of BLAS run on this processor, and how a better set is chosen.
 */
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <okrug/linalg.h>

#include "blas.h"

/* Sets of kernels by the instructions that they use. A name outside the list is newer than this list. */
enum { LEVEL_SSE, LEVEL_AVX, LEVEL_AVX2, LEVEL_AVX512, LEVEL_UNKNOWN };

static int core_level(const char *core) {
    static const struct {
        const char *name;
        int level;
    } known[] = {
        {"Generic", LEVEL_SSE},     {"Katmai", LEVEL_SSE},        {"Coppermine", LEVEL_SSE}, {"Northwood", LEVEL_SSE},
        {"Prescott", LEVEL_SSE},    {"Banias", LEVEL_SSE},        {"Atom", LEVEL_SSE},       {"Core2", LEVEL_SSE},
        {"Penryn", LEVEL_SSE},      {"Dunnington", LEVEL_SSE},    {"Nehalem", LEVEL_SSE},    {"Athlon", LEVEL_SSE},
        {"Opteron", LEVEL_SSE},     {"Opteron_SSE3", LEVEL_SSE},  {"Barcelona", LEVEL_SSE},  {"Nano", LEVEL_SSE},
        {"Bobcat", LEVEL_SSE},      {"Sandybridge", LEVEL_AVX},   {"Bulldozer", LEVEL_AVX},  {"Piledriver", LEVEL_AVX},
        {"Steamroller", LEVEL_AVX}, {"Excavator", LEVEL_AVX},     {"Haswell", LEVEL_AVX2},   {"Zen", LEVEL_AVX2},
        {"SkylakeX", LEVEL_AVX512}, {"Cooperlake", LEVEL_AVX512},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcasecmp(core, known[i].name) == 0) {
            return known[i].level;
        }
    }
    return LEVEL_UNKNOWN;
}

const char *okrug_blas_core(void) {
    return openblas_get_corename();
}

const char *okrug_blas_better_core(void) {
#if defined(__x86_64__)
    int level = core_level(okrug_blas_core());
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq")) {
        return level < LEVEL_AVX512 ? "SkylakeX" : NULL;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return level < LEVEL_AVX2 ? "Haswell" : NULL; /* its kernels are those of Zen too */
    }
#endif
    return NULL;
}

void okrug_blas_use_right_core(char **argv) {
    /* Once it is set, by the user or by the line below, there is no second start: this cannot go round in circles. */
    const char *core = getenv("OPENBLAS_CORETYPE") == NULL ? okrug_blas_better_core() : NULL;
    if (core != NULL && setenv("OPENBLAS_CORETYPE", core, 0) == 0) {
        execv("/proc/self/exe", argv);
    }
}

static void one_thread(void) {
    openblas_set_num_threads(1);
}

okrug_status okrug_blas_ready(okrug_ctx *ctx, int64_t largest_side) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, one_thread);
    if (largest_side > INT_MAX) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "matrix-too-large", NULL, "side", okrug_text_integer(ctx, largest_side),
                          (char *)NULL);
    }
    return OKRUG_OK;
}

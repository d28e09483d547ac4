/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loads OpenBLAS, and chooses the set of its kernels that suits this processor.
 */
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

#include <okrug/library.h>
#include <okrug/linalg.h>

#include "blas.h"

typedef struct {
    bool tried;
    bool there;
    okrug_blas blas;
    char reason[OKRUG_LIBRARY_REASON];
} loaded_blas;

static void load(loaded_blas *loaded) {
    static const char *const names[] = {"libopenblas.so.0", "libopenblas.so", NULL};
    static const okrug_library_function functions[] = {
#define X(function) {#function, offsetof(okrug_blas, function)},
        OKRUG_BLAS_FUNCTIONS(X)
#undef X
    };
    static const okrug_library library = {"OKRUG_OPENBLAS", names, functions, sizeof functions / sizeof functions[0]};
    loaded->there = okrug_library_load(&library, &loaded->blas, loaded->reason);
    if (loaded->there) {
        loaded->blas.openblas_set_num_threads(1);
    }
    loaded->tried = true;
}

/* A process has one BLAS, whoever calls first. */
static const loaded_blas *load_once(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static loaded_blas loaded;
    pthread_mutex_lock(&lock);
    if (!loaded.tried) {
        load(&loaded);
    }
    pthread_mutex_unlock(&lock);
    return &loaded;
}

okrug_status okrug_blas_ready(okrug_ctx *ctx, int64_t largest_side, const okrug_blas **blas) {
    const loaded_blas *now = load_once();
    *blas = &now->blas;
    if (!now->there) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "no-openblas", NULL, "reason", now->reason, (char *)NULL);
    }
    if (largest_side > INT_MAX) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "matrix-too-large", NULL, "side", okrug_text_integer(ctx, largest_side),
                          (char *)NULL);
    }
    return OKRUG_OK;
}

const char *okrug_blas_core(void) {
    const loaded_blas *now = load_once();
    return now->there ? now->blas.openblas_get_corename() : NULL;
}

const char *okrug_blas_right_core(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq")) {
        return __builtin_cpu_supports("avx512bf16") ? "Cooperlake" : "SkylakeX";
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return __builtin_cpu_is("amd") ? "Zen" : "Haswell";
    }
#endif
    return NULL;
}

void okrug_blas_use_right_core(void) {
    const char *core = okrug_blas_right_core();
    if (core != NULL) {
        setenv("OPENBLAS_CORETYPE", core, 0);
    }
    setenv("OPENBLAS_NUM_THREADS", "1", 0); /* it would start the others while it is loaded */
}

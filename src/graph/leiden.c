/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Communities by igraph, which is loaded when it is first needed. Debian's build keeps its error handler, its stack of
 * what to free and its random numbers in globals: every call holds one lock, errors come back as numbers (by default
 * they end the program), and random numbers are ours, counted by Philox.
 */
#include <okrug/graph.h>

#include <igraph.h>
#include <math.h>
#include <pthread.h>

#include <okrug/library.h>
#include <okrug/numeric.h>

/* X(function): what is called of igraph. */
#define IGRAPH_FUNCTIONS(X)                                                                                            \
    X(igraph_add_edges)                                                                                                \
    X(igraph_community_leiden)                                                                                         \
    X(igraph_destroy)                                                                                                  \
    X(igraph_empty)                                                                                                    \
    X(igraph_error_handler_ignore)                                                                                     \
    X(igraph_rng_destroy)                                                                                              \
    X(igraph_rng_init)                                                                                                 \
    X(igraph_rng_set_default)                                                                                          \
    X(igraph_set_error_handler)                                                                                        \
    X(igraph_vector_destroy)                                                                                           \
    X(igraph_vector_init)                                                                                              \
    X(igraph_vector_int_destroy)                                                                                       \
    X(igraph_vector_int_init)

enum { DRAWS_OF = 0x6C65696E, /* which method draws */ RANDOM_BITS = 32 };
/* How much the refinement may wander, the authors' own choice; it draws by exp(gain / this). */
static const double wandering = 0.01;

/* The library's own macro of this kind wants its functions linked. */
#define TRY_IGRAPH(call)                                                                                               \
    do {                                                                                                               \
        igraph_error_t error_ = (call);                                                                                \
        if (error_ != IGRAPH_SUCCESS) {                                                                                \
            return error_;                                                                                             \
        }                                                                                                              \
    } while (0)

typedef struct {
/* NOLINTNEXTLINE(bugprone-macro-parentheses): names cannot have any */
#define X(function) __typeof__(function) *function;
    IGRAPH_FUNCTIONS(X)
#undef X
    bool tried, there;
    char reason[OKRUG_LIBRARY_REASON];
} loaded_igraph;

/* ---- Random numbers ---- */

typedef struct {
    uint64_t seed, drawn;
} counter;

static igraph_error_t no_init(void **state) {
    *state = NULL;
    return IGRAPH_SUCCESS;
}

static void no_destroy(void *state) {
    (void)state;
}

static igraph_error_t no_seed(void *state, igraph_uint_t seed) {
    (void)state;
    (void)seed;
    return IGRAPH_SUCCESS;
}

static igraph_uint_t next_bits(void *state) {
    counter *at = state;
    uint32_t bits[4];
    uint64_t place = at->drawn++;
    okrug_random_bits(
        (okrug_random_key){
            .seed = at->seed, .unit = place / 4 >> 32, .analysis = DRAWS_OF, .draw = (uint32_t)(place / 4)},
        bits);
    return bits[place % 4];
}

static const igraph_rng_type_t counted = {
    .name = "Philox", .bits = RANDOM_BITS, .init = no_init, .destroy = no_destroy, .seed = no_seed, .get = next_bits};

/* ---- The library ---- */

static void load(loaded_igraph *library) {
    static const char *const names[] = {"libigraph.so.3", "libigraph.so", NULL};
    static const okrug_library_function functions[] = {
#define X(function) {#function, offsetof(loaded_igraph, function)},
        IGRAPH_FUNCTIONS(X)
#undef X
    };
    static const okrug_library igraph = {"OKRUG_IGRAPH", names, functions, sizeof functions / sizeof functions[0]};
    library->there = okrug_library_load(&igraph, library, library->reason);
    if (library->there) {
        (void)library->igraph_set_error_handler(library->igraph_error_handler_ignore);
    }
    library->tried = true;
}

typedef struct {
    igraph_t graph;
    igraph_vector_int_t ends, membership;
    igraph_vector_t weight, strength;
    int made; /* how many of the five there are, in that order: ends, weight, strength, membership, graph */
} work;

static void clear(const loaded_igraph *library, work *w) {
    if (w->made > 4) {
        library->igraph_destroy(&w->graph);
    }
    if (w->made > 3) {
        library->igraph_vector_int_destroy(&w->membership);
    }
    if (w->made > 2) {
        library->igraph_vector_destroy(&w->strength);
    }
    if (w->made > 1) {
        library->igraph_vector_destroy(&w->weight);
    }
    if (w->made > 0) {
        library->igraph_vector_int_destroy(&w->ends);
    }
}

static igraph_error_t make(const loaded_igraph *library, const okrug_links *graph, work *w) {
    TRY_IGRAPH(library->igraph_vector_int_init(&w->ends, 2 * graph->links));
    w->made++;
    TRY_IGRAPH(library->igraph_vector_init(&w->weight, graph->links));
    w->made++;
    TRY_IGRAPH(library->igraph_vector_init(&w->strength, graph->nodes));
    w->made++;
    TRY_IGRAPH(library->igraph_vector_int_init(&w->membership, graph->nodes));
    w->made++;
    TRY_IGRAPH(library->igraph_empty(&w->graph, graph->nodes, IGRAPH_UNDIRECTED));
    w->made++;
    for (int64_t e = 0; e < graph->links; e++) {
        VECTOR(w->ends)[2 * e] = graph->a[e];
        VECTOR(w->ends)[2 * e + 1] = graph->b[e];
        VECTOR(w->weight)[e] = graph->weight[e];
        VECTOR(w->strength)[graph->a[e]] += graph->weight[e];
        VECTOR(w->strength)[graph->b[e]] += graph->weight[e];
    }
    return library->igraph_add_edges(&w->graph, &w->ends, NULL);
}

static igraph_error_t find(const loaded_igraph *library, const okrug_links *graph, double resolution, int64_t rounds,
                           uint64_t seed, work *w, double *quality) {
    TRY_IGRAPH(make(library, graph, w));
    okrug_sum twice = {0};
    for (int64_t i = 0; i < graph->nodes; i++) {
        okrug_sum_add(&twice, VECTOR(w->strength)[i]);
    }
    igraph_rng_t random;
    counter at = {seed, 0};
    igraph_integer_t found = 0;
    TRY_IGRAPH(library->igraph_rng_init(&random, &counted));
    random.state = &at;
    random.is_seeded = true;
    library->igraph_rng_set_default(&random);
    igraph_error_t error =
        library->igraph_community_leiden(&w->graph, &w->weight, &w->strength, resolution / okrug_sum_value(&twice),
                                         wandering, false, rounds, &w->membership, &found, quality);
    library->igraph_rng_destroy(&random);
    return error;
}

static okrug_status run(okrug_ctx *ctx, loaded_igraph *library, const okrug_links *graph, double resolution,
                        int64_t rounds, uint64_t seed, int32_t *group, double *quality) {
    if (!library->tried) {
        load(library);
    }
    if (!library->there) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "no-igraph", NULL, "reason", library->reason, (char *)NULL);
    }
    work w = {.made = 0};
    igraph_error_t error = find(library, graph, resolution, rounds, seed, &w, quality);
    for (int64_t i = 0; error == IGRAPH_SUCCESS && i < graph->nodes; i++) {
        group[i] = (int32_t)VECTOR(w.membership)[i];
    }
    clear(library, &w);
    if (error == IGRAPH_ENOMEM) {
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    return error == IGRAPH_SUCCESS ? OKRUG_OK : OKRUG_DEFECT;
}

static int64_t number_by_first_member(int64_t nodes, int32_t *number, int32_t *group) {
    int32_t count = 0;
    for (int64_t i = 0; i < nodes; i++) {
        number[i] = -1;
    }
    for (int64_t i = 0; i < nodes; i++) {
        int32_t *to = &number[group[i]];
        *to = *to < 0 ? count++ : *to;
        group[i] = *to;
    }
    return count;
}

okrug_status okrug_leiden(okrug_ctx *ctx, const okrug_links *graph, double resolution, int64_t rounds, uint64_t seed,
                          int32_t *group, int64_t *groups, double *quality) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static loaded_igraph library;
    if (graph->nodes >= INT32_MAX || graph->links >= INT32_MAX) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "graph-too-large", NULL, "nodes", okrug_text_integer(ctx, graph->nodes),
                          "arcs", okrug_text_integer(ctx, graph->links), (char *)NULL);
    }
    for (int64_t i = 0; i < graph->nodes; i++) {
        group[i] = (int32_t)i;
    }
    *groups = graph->nodes;
    *quality = (double)NAN;
    if (graph->links == 0) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    int32_t *number = OKRUG_SCRATCH(ctx, graph->nodes, int32_t);
    if (number == NULL) {
        return OKRUG_NO_MEMORY;
    }
    pthread_mutex_lock(&lock);
    okrug_status status = run(ctx, &library, graph, resolution, rounds, seed, group, quality);
    pthread_mutex_unlock(&lock);
    if (status == OKRUG_OK) {
        *groups = number_by_first_member(graph->nodes, number, group);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

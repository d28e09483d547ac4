/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Indicators -> patterns -> clusters.
 */
#include "analyses/pattern_codes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/indicators.h>
#include <okrug/numeric.h>

/* Which method draws: part of the key of its random numbers. */
enum { RANDOM_PATTERN_REGIONS = 0x70617431, RANDOM_PATTERN_NOISE = 0x70617432 };

/* ---- Comparable values ------------------------------------------------------------------------------------------ */

static int rising(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* How many of `sorted` are below x, and how many are x, as a percentile of the middle. */
static double percentile(double x, const double *sorted, int64_t n) {
    int64_t bounds[2];
    for (int side = 0; side < 2; side++) {
        int64_t low = 0;
        int64_t high = n;
        while (low < high) {
            int64_t middle = low + (high - low) / 2;
            bool below = side == 0 ? sorted[middle] < x : sorted[middle] <= x;
            low = below ? middle + 1 : low;
            high = below ? high : middle;
        }
        bounds[side] = low;
    }
    return (double)(bounds[0] + bounds[1]) / (2.0 * (double)n) * 100.0;
}

/* One indicator of one basis made comparable by a sample (rows of the basis; with repetitions). `column` has room for
 * the sample. False where the sample does not vary. */
static bool compare(const okrug_patterns *p, const okrug_bases *bases, int64_t basis, int64_t indicator,
                    const int64_t *sample, int normalise, double *column, double *out) {
    int64_t m = p->cube.things;
    int64_t from = bases->start[basis];
    int64_t n = bases->start[basis + 1] - from;
    for (int64_t k = 0; k < n; k++) {
        column[k] = p->cube.value[bases->cell[from + sample[k]] * m + indicator];
    }
    okrug_moments shape = okrug_moments_of(column, n, 1);
    if (normalise == OKRUG_PATTERNS_PERCENTILE) {
        qsort(column, (size_t)n, sizeof *column, rising);
    } else if (normalise == OKRUG_PATTERNS_Z && !(shape.deviation > 0.0)) {
        return false;
    }
    for (int64_t k = 0; k < n; k++) {
        int64_t place = bases->cell[from + k] * m + indicator;
        double x = p->cube.value[place];
        out[place] = normalise == OKRUG_PATTERNS_Z            ? (x - shape.mean) / shape.deviation
                     : normalise == OKRUG_PATTERNS_PERCENTILE ? percentile(x, column, n)
                                                              : x;
    }
    return normalise == OKRUG_PATTERNS_AS_GIVEN || shape.deviation > 0.0;
}

/* ---- Simulations ------------------------------------------------------------------------------------------------ */

typedef struct {
    okrug_patterns *p;
    const okrug_bases *bases;
    const okrug_pattern_choices *choices;
    int64_t longest; /* of the bases */
    uint64_t *unit;  /* regions: names for the random numbers */
    int64_t
        *named; /* of each basis: its members in the order of time and of their codes, for the file's does not matter */
    double *value;   /* tiles x cells x indicators */
    double *column;  /* tiles x longest */
    int64_t *sample; /* tiles x longest */
    char *code;      /* tiles x length */
    int64_t *same;   /* tiles x cells */
    int64_t tiles;
} simulations;

enum { TILES = 16 };

/* A standard normal number (Box and Muller 1958). */
static double normal(okrug_random_key key) {
    double u[2];
    okrug_random_uniform(key, u);
    return sqrt(-2.0 * log(1.0 - u[0])) * cos(2.0 * M_PI * u[1]);
}

static void add_noise(const simulations *s, int64_t draw, double *value) {
    const okrug_cube *cube = &s->p->cube;
    double unit = s->choices->normalise == OKRUG_PATTERNS_PERCENTILE ? 100.0 / sqrt(12.0) : 1.0;
    for (int64_t place = 0; s->choices->noise > 0.0 && place < cube->periods * cube->regions * cube->things; place++) {
        int64_t cell = place / cube->things;
        int64_t kind = (cell / cube->regions) * cube->things + place % cube->things;
        okrug_random_key key = {s->choices->seed, s->unit[cell % cube->regions] + (uint64_t)kind, RANDOM_PATTERN_NOISE,
                                (uint32_t)draw};
        value[place] += s->choices->noise * unit * normal(key);
    }
}

static void draw_sample(const simulations *s, int64_t basis, int64_t n, int64_t draw, int64_t *sample) {
    for (int64_t k = 0; k < n; k++) {
        double u[2];
        okrug_random_uniform((okrug_random_key){s->choices->seed, (uint64_t)(basis * s->longest + k),
                                                RANDOM_PATTERN_REGIONS, (uint32_t)draw},
                             u);
        sample[k] = s->named[s->bases->start[basis] + (int64_t)(u[0] * (double)n)];
    }
}

static okrug_status simulate(void *user, int64_t tile) {
    const simulations *s = user;
    const okrug_cube *cube = &s->p->cube;
    int64_t cells = cube->periods * cube->regions;
    int64_t length = cube->things * (cube->things - 1) / 2 + 1;
    double *value = s->value + tile * cells * cube->things;
    double *column = s->column + tile * s->longest;
    int64_t *sample = s->sample + tile * s->longest;
    char *code = s->code + tile * length;
    for (int64_t draw = tile; draw < s->choices->simulations; draw += s->tiles) {
        for (int64_t basis = 0; basis < s->bases->count; basis++) {
            draw_sample(s, basis, s->bases->start[basis + 1] - s->bases->start[basis], draw, sample);
            for (int64_t i = 0; i < cube->things; i++) {
                /* A draw without variation of an indicator: everybody is alike in it. */
                if (!compare(s->p, s->bases, basis, i, sample, s->choices->normalise, column, value)) {
                    for (int64_t k = s->bases->start[basis];
                         s->choices->normalise == OKRUG_PATTERNS_Z && k < s->bases->start[basis + 1]; k++) {
                        value[s->bases->cell[k] * cube->things + i] = 0.0;
                    }
                }
            }
        }
        add_noise(s, draw, value);
        for (int64_t cell = 0; cell < cells; cell++) {
            if (s->p->reason[cell] == OKRUG_PRESENT) {
                okrug_pattern_code(value + cell * cube->things, cube->things, s->choices->band, code);
                s->same[tile * cells + cell] += strcmp(code, s->p->code[cell]) == 0;
            }
        }
    }
    return OKRUG_OK;
}

typedef struct {
    const char *region;
    int64_t period, place; /* place among the basis's members */
} named_member;

static int by_name(const void *left, const void *right) {
    const named_member *a = left;
    const named_member *b = right;
    return a->period != b->period ? (a->period > b->period) - (a->period < b->period) : strcmp(a->region, b->region);
}

static okrug_status order_by_name(okrug_ctx *ctx, simulations *s) {
    const okrug_cube *cube = &s->p->cube;
    named_member *list = OKRUG_SCRATCH(ctx, s->longest, named_member);
    s->named = OKRUG_SCRATCH(ctx, cube->periods * cube->regions, int64_t);
    if (list == NULL || s->named == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t b = 0; b < s->bases->count; b++) {
        int64_t from = s->bases->start[b];
        int64_t n = s->bases->start[b + 1] - from;
        for (int64_t k = 0; k < n; k++) {
            int64_t cell = s->bases->cell[from + k];
            list[k] = (named_member){cube->region[cell % cube->regions], cell / cube->regions, k};
        }
        qsort(list, (size_t)n, sizeof *list, by_name);
        for (int64_t k = 0; k < n; k++) {
            s->named[from + k] = list[k].place;
        }
    }
    return OKRUG_OK;
}

static okrug_status find_stability(okrug_ctx *ctx, const okrug_pattern_choices *choices, const okrug_bases *bases,
                                   okrug_patterns *p) {
    int64_t cells = p->cube.periods * p->cube.regions;
    int64_t m = p->cube.things;
    bool nothing_to_draw = choices->normalise == OKRUG_PATTERNS_AS_GIVEN && !(choices->noise > 0.0);
    for (int64_t cell = 0; cell < cells; cell++) {
        p->stability[cell] = (double)NAN;
    }
    if (choices->simulations == 0 || nothing_to_draw) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t longest = 0;
    for (int64_t b = 0; b < bases->count; b++) {
        int64_t n = bases->start[b + 1] - bases->start[b];
        longest = n > longest ? n : longest;
    }
    simulations s = {.p = p, .bases = bases, .choices = choices, .longest = longest, .tiles = TILES};
    s.unit = OKRUG_SCRATCH(ctx, p->cube.regions, uint64_t);
    s.value = OKRUG_SCRATCH_ZERO(ctx, TILES * cells * m, double);
    s.column = OKRUG_SCRATCH(ctx, TILES * longest, double);
    s.sample = OKRUG_SCRATCH(ctx, TILES * longest, int64_t);
    s.code = OKRUG_SCRATCH(ctx, TILES * (m * (m - 1) / 2 + 1), char);
    s.same = OKRUG_SCRATCH_ZERO(ctx, TILES * cells, int64_t);
    if (s.unit == NULL || s.value == NULL || s.column == NULL || s.sample == NULL || s.code == NULL || s.same == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < p->cube.regions; r++) {
        s.unit[r] = okrug_random_unit(0, p->cube.region[r]);
    }
    OKRUG_TRY(order_by_name(ctx, &s));
    OKRUG_TRY(okrug_parallel(ctx, TILES, simulate, &s));
    for (int64_t cell = 0; cell < cells; cell++) {
        int64_t same = 0;
        for (int64_t tile = 0; tile < TILES; tile++) {
            same += s.same[tile * cells + cell];
        }
        p->stability[cell] =
            p->reason[cell] == OKRUG_PRESENT ? (double)same / (double)choices->simulations : (double)NAN;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

/* ---- Clusters --------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *code;
    int64_t cell, size;
} member;

static int by_code(const void *left, const void *right) {
    const member *a = left;
    const member *b = right;
    int order = strcmp(a->code, b->code);
    return order != 0 ? order : (a->cell > b->cell) - (a->cell < b->cell);
}

static int by_size(const void *left, const void *right) {
    const member *a = left;
    const member *b = right;
    return a->size != b->size ? (a->size < b->size) - (a->size > b->size) : by_code(a, b);
}

static okrug_status find_clusters(okrug_ctx *ctx, okrug_patterns *p) {
    int64_t cells = p->cube.periods * p->cube.regions;
    member *list = OKRUG_SCRATCH(ctx, cells, member);
    p->cluster = OKRUG_SCRATCH(ctx, cells, int64_t);
    p->size = OKRUG_SCRATCH(ctx, cells, int64_t);
    if (list == NULL || p->cluster == NULL || p->size == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t n = 0;
    for (int64_t cell = 0; cell < cells; cell++) {
        p->cluster[cell] = -1;
        if (p->reason[cell] == OKRUG_PRESENT) {
            list[n++] = (member){p->code[cell], cell, 0};
        }
    }
    qsort(list, (size_t)n, sizeof *list, by_code);
    for (int64_t from = 0; from < n;) {
        int64_t to = from + 1;
        while (to < n && strcmp(list[to].code, list[from].code) == 0) {
            to++;
        }
        for (int64_t k = from; k < to; k++) {
            list[k].size = to - from;
        }
        from = to;
    }
    qsort(list, (size_t)n, sizeof *list, by_size);
    p->known = n;
    for (int64_t k = 0; k < n; k++) {
        if (k == 0 || strcmp(list[k].code, list[k - 1].code) != 0) {
            p->size[p->clusters++] = list[k].size;
        }
        p->cluster[list[k].cell] = p->clusters - 1;
    }
    return OKRUG_OK;
}

/* ---- All of it -------------------------------------------------------------------------------------------------- */

static okrug_status make_comparable(okrug_ctx *ctx, const char *file, const okrug_pattern_choices *choices,
                                    const okrug_bases *bases, okrug_patterns *p) {
    okrug_status status = OKRUG_OK;
    int64_t cells = p->cube.periods * p->cube.regions;
    double *column = OKRUG_SCRATCH(ctx, cells, double);
    int64_t *all = OKRUG_SCRATCH(ctx, cells, int64_t);
    if (column == NULL || all == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < cells; k++) {
        all[k] = k;
    }
    for (int64_t b = 0; b < bases->count; b++) {
        for (int64_t i = 0; i < p->cube.things && bases->start[b + 1] > bases->start[b]; i++) {
            if (!compare(p, bases, b, i, all, choices->normalise, column, p->value)) {
                const char *period = p->cube.period[bases->cell[bases->start[b]] / p->cube.regions];
                status = okrug_fail(ctx, OKRUG_BAD_INPUT, "indicator-constant", &(okrug_place){.file = file},
                                    "indicator", p->cube.thing[i], "period",
                                    choices->pooled || period == NULL ? "–" : period, (char *)NULL);
            }
        }
    }
    return status;
}

okrug_status okrug_patterns_find(okrug_ctx *ctx, const char *file, const okrug_pattern_choices *choices,
                                 okrug_patterns *p) {
    int64_t cells = p->cube.periods * p->cube.regions;
    int64_t m = p->cube.things;
    int64_t length = m * (m - 1) / 2 + 1;
    int64_t incomplete = 0;
    okrug_bases bases;
    okrug_place place = {.file = file};
    OKRUG_TRY(okrug_complete_regions(ctx, &p->cube, &p->reason, &incomplete));
    if (incomplete == cells) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-region-complete", &place, (char *)NULL);
    }
    if (incomplete > 0) {
        okrug_warn(ctx, "regions-incomplete", &place, "count", okrug_text_integer(ctx, incomplete), (char *)NULL);
    }
    p->value = OKRUG_SCRATCH_ZERO(ctx, cells * m, double);
    p->stability = OKRUG_SCRATCH(ctx, cells, double);
    p->code = OKRUG_SCRATCH(ctx, cells, char *);
    char *text = OKRUG_SCRATCH_ZERO(ctx, cells * length, char);
    if (p->value == NULL || p->stability == NULL || p->code == NULL || text == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_bases_of(ctx, &p->cube, p->reason, choices->pooled, &bases));
    OKRUG_TRY(make_comparable(ctx, file, choices, &bases, p));
    for (int64_t cell = 0; cell < cells; cell++) {
        p->code[cell] = text + cell * length;
        if (p->reason[cell] == OKRUG_PRESENT) {
            okrug_pattern_code(p->value + cell * m, m, choices->band, p->code[cell]);
        }
    }
    OKRUG_TRY(find_clusters(ctx, p));
    return find_stability(ctx, choices, &bases, p);
}
